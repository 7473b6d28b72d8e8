package dev.mneme.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.model.InvalidConfigurationException;
import dev.mneme.random.RandomStream;
import dev.mneme.random.Seed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Observations as users write them, and what is made of them.
class ObservationsFileTest {
  private static final String HEADER = "parameters,samples,sequence_length,vocabulary,f1\n";

  @TempDir Path folder;

  private List<MembershipObservation> read(String text) throws IOException {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private List<MembershipObservation> read(byte[] bytes) throws IOException {
    return ObservationsFile.read(Files.write(folder.resolve("attacks.csv"), bytes));
  }

  private void refused(String text, String... parts) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContainingAll(parts);
  }

  @Test
  void columnsMayStandInAnyOrder() throws IOException {
    // the first row of the published table: z = 170,654,583 · 64 · log2 50,257 / 1.556e9 = 109.6
    List<MembershipObservation> read =
        read(
            "\uFEFFf1, vocabulary,sequence_length,samples,parameters\r\n"
                + "0.546,50257,64,\"170654583\", 1556000000\r\n\r\n1,2,1,7,7\r\n");
    assertThat(read).hasSize(2);
    assertThat(read.getFirst().parameters()).isEqualTo(1_556_000_000);
    assertThat(read.getFirst().dataBitsPerParameter()).isCloseTo(109.6, within(0.05));
    assertThat(read.getFirst().f1()).isEqualTo(0.546);
    assertThat(read.getLast()).isEqualTo(new MembershipObservation(7, 1, 1));
  }

  @Test
  void everyMistakeIsNamedWithItsLine() {
    refused(
        HEADER
            + "1000,50,16,64,0.9\n"
            + "0,5e3,16,64,1.2\n"
            + "1000,50,16,64\n"
            + "1000,,-1,1,NaN\n"
            + "1000000000000000000000000000000,1,1,2,0.5\n"
            + "1000,50,16,64,0.5,0.6\n",
        "line 3 parameters: got 0,",
        "line 3 samples: got 5e3",
        "line 3 f1: got 1.2",
        "line 4: got 4 fields, expected 5 fields",
        "line 5 samples: got nothing",
        "line 5 sequence_length: got -1",
        "line 5 f1: got NaN",
        "line 6 parameters: got 1000000",
        "line 7: got 6 fields");
    refused(HEADER + "1000,50,16,1,0.9\n", "line 2 vocabulary: got 1");
  }

  @Test
  void theColumnsAreThoseAndNoOthers() {
    refused(
        "parameters,samples,sequence_length,f1,f1,auc\n1,2,3,4,5,6\n",
        "no column vocabulary",
        "f1 more than once",
        "a column auc");
    refused("", "line 1: got nothing");
    refused(HEADER, "none below the names of the columns");
    refused(HEADER + "\"1000,50,16,64,0.5\n", "lines: got");
  }

  @Test
  void whatIsTooLargeOrNoTextIsRefused() {
    refused(HEADER + "1000,50,16,64,0." + "1".repeat(5000) + "\n", "line 2 f1: got 0.111");
    refused(HEADER + "x,50,16,64,0.5\n".repeat(30), "line 21 parameters", "10 more mistakes");
    refused(HEADER + "9,5,6,4,1\n".repeat(100_001), "more than 100,000 observations");
    refused(HEADER + "\n".repeat(17 << 20), "more than 16 MiB");
    assertThatThrownBy(() -> read(new byte[] {(byte) 0xff, (byte) 0xfe, 0}))
        .hasMessageContaining("no UTF-8");
    assertThatThrownBy(() -> ObservationsFile.read(folder.resolve("missing.csv")))
        .isInstanceOf(NoSuchFileException.class);
  }

  /// Simulated: the published curve with noise of 0.01.
  private static List<MembershipObservation> simulated() {
    RandomStream noise = new Seed(4).stream();
    List<MembershipObservation> observations = new ArrayList<>();
    for (double z = 5; z < 130; z += 8) {
      double f1 = PublishedMembership.LAW.at(z) + 0.01 * noise.nextGaussian();
      observations.add(new MembershipObservation(1000, z, Math.clamp(f1, 0, 1)));
    }
    return observations;
  }

  @Test
  void theMostDataAreHeldOut() {
    List<MembershipObservation> observations = simulated(); // 16 different z
    MembershipAnalysis analysis =
        MembershipAnalysis.of(observations, OptionalInt.empty(), new Seed(1), 200);
    MembershipComparison held = analysis.heldOut().orElseThrow();
    assertThat(held.rows())
        .extracting(row -> row.observation().dataBitsPerParameter())
        .containsExactly(101.0, 109.0, 117.0, 125.0);
    assertThat(held.largestError()).isLessThan(0.05);
    assertThat(analysis.published().largestError()).isLessThan(0.035);
    assertThat(
            MembershipAnalysis.of(observations, OptionalInt.of(2), new Seed(1), 200)
                .heldOut()
                .orElseThrow()
                .rows())
        .hasSize(2);
    MembershipAnalysis none =
        MembershipAnalysis.of(observations, OptionalInt.of(0), new Seed(1), 200);
    assertThat(none.heldOut()).isEmpty();
    assertThat(none.notHeldOut()).contains("as asked");
  }

  @Test
  void whereTheRestWouldNotDoNothingIsHeldOutUnlessAsked() {
    List<MembershipObservation> few = simulated().stream().skip(2).limit(6).toList();
    MembershipAnalysis analysis = MembershipAnalysis.of(few, OptionalInt.empty(), new Seed(1), 200);
    assertThat(analysis.heldOut()).isEmpty();
    assertThat(analysis.notHeldOut()).contains("does not determine");
    assertThatThrownBy(() -> MembershipAnalysis.of(few, OptionalInt.of(1), new Seed(1), 200))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("observations: got 5");
  }
}
