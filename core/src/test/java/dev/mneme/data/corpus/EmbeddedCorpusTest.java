package dev.mneme.data.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddedCorpusTest {
  @Test
  void holdsTheAddressesFrom1790To2021() throws IOException {
    List<String> starts = new ArrayList<>();
    CorpusReport report =
        EmbeddedCorpus.stateOfTheUnion()
            .read(document ->
                starts.add(
                    new String(document.text(), 0, 40, StandardCharsets.UTF_8) + document.row()));
    assertThat(report.documents()).isEqualTo(233);
    assertThat(report.skippedRows()).isZero();
    assertThat(report.bytes()).isBetween(10_600_000L, 10_900_000L);
    assertThat(starts.getFirst()).isEqualTo("Fellow-Citizens of the Senate and House " + 1);
  }
}
