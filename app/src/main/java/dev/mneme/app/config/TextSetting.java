package dev.mneme.app.config;

import dev.mneme.data.corpus.FileFormat;
import dev.mneme.data.corpus.TextUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Settings of `mneme text`.
public final class TextSetting {
  /// The name of the embedded corpus.
  public static final String EMBEDDED = "sotu";

  static final Setting<List<String>> CORPUS =
      Setting.of(
          "corpus",
          "FILE,…",
          Setting.Group.DATA,
          false,
          Parser.texts(),
          EMBEDDED,
          "files or glob patterns of text, JSON lines, CSV, TSV or Parquet, also .gz and .zst; or"
              + " sotu, the embedded State of the Union addresses 1790 to 2021");
  static final Setting<FileFormat> FORMAT =
      Setting.of(
          "format",
          "NAME",
          Setting.Group.DATA,
          false,
          Parser.choice(List.of(FileFormat.values()), TextSetting::name),
          "",
          "format of all files; each one's name tells unless given");
  static final Setting<String> COLUMN =
      Setting.of(
          "column",
          "NAME",
          Setting.Group.DATA,
          false,
          Parser.text(),
          "text",
          "name of the text in JSON, CSV and Parquet");
  static final Setting<TextUnit> UNIT =
      Setting.of(
          "unit",
          "NAME",
          Setting.Group.DATA,
          false,
          Parser.choice(List.of(TextUnit.values()), TextSetting::name),
          "file",
          "what a document is in plain text");
  static final Setting<String> TOKENIZER =
      Setting.of(
          "tokenizer",
          "NAME",
          Setting.Group.DATA,
          false,
          Parser.text(),
          "gpt2-1024",
          "bytes, gpt2, gpt2-V (its first V ranks), or file:PATH of a tokenizer.json");
  static final Setting<Double> TEST_SHARE =
      Setting.of(
          "test-share",
          "SHARE",
          Setting.Group.DATA,
          false,
          Parser.decimal("a share above 0, up to 0.5", 0, true, 0.5),
          "0.1",
          "share of the distinct sequences that is held out for tests");
  static final Setting<Double> REFERENCE_SHARE =
      Setting.of(
          "reference-share",
          "SHARE",
          Setting.Group.DATA,
          false,
          Parser.decimal("a share above 0, up to 0.5", 0, true, 0.5),
          "0.05",
          "share that is held out to choose the oracle");
  static final Setting<Integer> FULL_SIZE =
      Setting.of(
          "full-size",
          "N",
          Setting.Group.DATA,
          false,
          Parser.integer(2, 1 << 30),
          "",
          "sequences of the full set, which references are trained on; the whole training split"
              + " unless given");
  static final Setting<List<Integer>> SIZES =
      Setting.of(
          "sizes",
          "N,N,…",
          Setting.Group.DATA,
          false,
          Parser.integers(1, 1 << 30, false),
          "",
          "data set sizes below the full set; doublings from 32 unless given");
  static final Setting<Integer> TEST_SIZE =
      Setting.of(
          "test-size",
          "N",
          Setting.Group.DATA,
          false,
          Parser.integer(2, 1 << 24),
          "2000",
          "test sequences that are scored, at most");
  static final Setting<Integer> REFERENCE_SIZE =
      Setting.of(
          "reference-size",
          "N",
          Setting.Group.DATA,
          false,
          Parser.integer(2, 1 << 24),
          "1000",
          "sequences that choose the oracle, at most");
  static final Setting<Integer> PROBED =
      Setting.of(
          "probed",
          "N",
          Setting.Group.DATA,
          false,
          Parser.integer(20, 1 << 20),
          "1000",
          "training sequences, and as many test sequences, that are attacked and completed, at"
              + " most");
  static final Setting<List<Integer>> PREFIXES =
      Setting.of(
          "prefixes",
          "K,K,…",
          Setting.Group.DATA,
          false,
          Parser.integers(0, 1 << 16, true),
          "8,16,32",
          "tokens given before a sequence is to be completed");
  static final Setting<List<ModelShape>> ORACLE =
      Setting.of(
          "oracle",
          "LxW[xH],…",
          Setting.Group.MODEL,
          false,
          Parser.models(),
          "2x128",
          "candidates for the oracle, larger than the models");
  static final Setting<List<Integer>> ORACLE_STEPS =
      Setting.of(
          "oracle-steps",
          "N,N,…",
          Setting.Group.BUDGET,
          false,
          Parser.integers(1, 1_000_000_000, false),
          "2000,4000",
          "optimizer steps of the candidates; each shape is tried with each");
  static final Setting<Double> ORACLE_RATE =
      Setting.of(
          "oracle-learning-rate",
          "RATE",
          Setting.Group.TRAINING,
          false,
          Parser.decimal("a number above 0, up to 10", 0, true, 10),
          "0.003",
          "highest learning rate of the candidates");
  static final Setting<Long> STEPS =
      Setting.of(
          "steps",
          "N",
          Setting.Group.BUDGET,
          false,
          Parser.longInteger(1, 1_000_000_000),
          "3000",
          "optimizer steps of every other trial");
  static final Setting<Integer> SEEDS =
      Setting.of(
          "seeds",
          "N",
          Setting.Group.RUN,
          false,
          Parser.integer(1, 1000),
          "1",
          "runs of every model on every size; a seed sets initialization and order");
  static final Setting<String> NAME =
      Setting.of(
          "name",
          "NAME",
          Setting.Group.RUN,
          false,
          Parser.name(),
          "text",
          "what the store calls the experiment");

  /// Every setting, in the order in which it is shown.
  public static final List<Setting<?>> ALL = all();

  private TextSetting() {}

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static List<Setting<?>> all() {
    List<Setting<?>> all =
        new ArrayList<>(
            List.of(
                CORPUS,
                FORMAT,
                COLUMN,
                UNIT,
                TOKENIZER,
                TEST_SHARE,
                REFERENCE_SHARE,
                FULL_SIZE,
                SIZES,
                TEST_SIZE,
                REFERENCE_SIZE,
                PROBED,
                PREFIXES,
                Setting.MODELS,
                Setting.SEQUENCE_LENGTH,
                ORACLE,
                STEPS,
                ORACLE_STEPS,
                ORACLE_RATE));
    all.addAll(TrainingSettings.ALL);
    all.addAll(
        List.of(
            SEEDS,
            Setting.SEED,
            Setting.ENGINE,
            Setting.DEVICE,
            Setting.PRECISION,
            Setting.THREADS,
            NAME));
    return List.copyOf(all);
  }
}
