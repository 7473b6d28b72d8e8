package dev.mneme.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.mneme.data.corpus.CorpusOptions;
import dev.mneme.data.corpus.EmbeddedCorpus;
import dev.mneme.data.corpus.FileCorpus;
import dev.mneme.data.text.NearDuplicates;
import dev.mneme.data.text.Split;
import dev.mneme.data.text.TextDataset;
import dev.mneme.data.text.TextDatasetOptions;
import dev.mneme.data.tokenizer.Tokenizer;
import dev.mneme.data.tokenizer.Tokenizers;
import dev.mneme.random.RandomStream;
import dev.mneme.random.Seed;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Reading, tokenizing, cutting, deduplicating and splitting text, timed as a whole on one thread. Not a
/// JMH benchmark, because one run takes from seconds to minutes:
///
///     java -Xmx400m -cp 'benchmarks/target/lib/*' dev.mneme.benchmarks.TextPipeline \
///       FOLDER MEGABYTES TOKENIZER RUNS
///
/// The text is made once, in FOLDER: sentences of the embedded corpus in random order, a tenth of the
/// documents repeated.
public final class TextPipeline {
  private static final int SEQUENCE_LENGTH = 64;
  private static final int SENTENCES_A_DOCUMENT = 40;

  private TextPipeline() {}

  public static void main(String[] arguments) throws IOException {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    if (arguments.length != 4) {
      out.println("expected FOLDER MEGABYTES TOKENIZER RUNS");
      return;
    }
    Path folder = Path.of(arguments[0]);
    long megabytes = Long.parseLong(arguments[1]);
    Tokenizer tokenizer = Tokenizers.named(arguments[2]);
    Path file = folder.resolve("text-" + megabytes + ".jsonl");
    if (!Files.exists(file)) {
      generate(file, megabytes * 1_000_000);
      out.println("made " + file + ", " + Files.size(file) + " bytes");
    }
    double[] rates = new double[Integer.parseInt(arguments[3])];
    for (int run = 0; run < rates.length; run++) {
      long start = System.nanoTime();
      long processorStart = processorTime();
      try (TextDataset data =
          TextDataset.build(
              FileCorpus.of(List.of(file.toString()), CorpusOptions.DEFAULT),
              tokenizer,
              TextDatasetOptions.of(SEQUENCE_LENGTH, new Seed(1)),
              folder)) {
        double seconds = (System.nanoTime() - start) / 1e9;
        double processorSeconds = (processorTime() - processorStart) / 1e9;
        rates[run] = data.report().corpus().bytes() / 1e6 / processorSeconds;
        out.printf(
            Locale.ROOT,
            "%s: %.1f s, of which %.1f on a processor, %.1f MB/s of these; %d sequences, %d"
                + " duplicates, %d train; heap peak %.0f MB%n",
            tokenizer.name(),
            seconds,
            processorSeconds,
            rates[run],
            data.report().sequences(),
            data.report().duplicates(),
            data.report().count(Split.TRAIN),
            heapPeak() / 1e6);
        if (run == rates.length - 1) {
          start = System.nanoTime();
          NearDuplicates.Report near =
              NearDuplicates.against(data, NearDuplicates.Options.forLength(SEQUENCE_LENGTH));
          out.printf(
              Locale.ROOT,
              "near duplicates: %.1f s, %s%n",
              (System.nanoTime() - start) / 1e9,
              near);
        }
      }
    }
    Arrays.sort(rates);
    out.printf(
        Locale.ROOT,
        "median %.1f MB of text per second of processor time%n",
        rates[rates.length / 2]);
  }

  /// The time that this process has had on processors, collector and compiler included, in
  /// nanoseconds: unlike the wall's, it does not depend on what else runs.
  private static long processorTime() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  /// The sum over memory pools of the most that each ever held, garbage included.
  private static long heapPeak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  private static void generate(Path file, long bytes) throws IOException {
    List<String> sentences = new ArrayList<>();
    EmbeddedCorpus.stateOfTheUnion()
        .read(document -> {
          String text = new String(document.text(), StandardCharsets.UTF_8);
          for (String sentence : text.split("(?<=[.]) ", -1)) {
            sentences.add(escaped(sentence));
          }
        });
    RandomStream random = new Seed(2026).derive("benchmark text", 0).stream();
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      String document = "";
      for (long written = 0; written < bytes; written += document.length()) {
        if (document.isEmpty() || random.nextInt(10) > 0) {
          StringBuilder text = new StringBuilder("{\"text\": \"");
          for (int i = 0; i < SENTENCES_A_DOCUMENT; i++) {
            text.append(sentences.get(random.nextInt(sentences.size()))).append(' ');
          }
          document = text.append("\"}\n").toString();
        }
        writer.write(document);
      }
    }
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == '"' || character == '\\') {
        escaped.append('\\').append(character);
      } else if (character < ' ') {
        escaped.append(' ');
      } else {
        escaped.append(character);
      }
    }
    return escaped.toString();
  }
}
