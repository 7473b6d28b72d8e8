package dev.mneme.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mneme.engine.ContractCase;
import dev.mneme.engine.Engine;
import dev.mneme.engine.EngineContract;
import dev.mneme.engine.Tolerances;
import dev.mneme.engine.vector.kernel.VectorWidth;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The contract at every width. Wide vectors are emulated where the processor has none, with the
/// same results but so slowly that the largest cases are left to processors that have them.
public final class VectorEngineTest {
  /// Products of one forward pass that an emulated width is still asked for.
  private static final long EMULATED_PRODUCTS = 1_000_000;

  private abstract static class AtWidth extends EngineContract {
    private final VectorWidth width;

    AtWidth(VectorWidth width) {
      this.width = width;
    }

    @Override
    protected Engine engine() {
      return new VectorEngine(width);
    }

    @Override
    public List<ContractCase> cases() {
      boolean emulated = width.bits() > VectorWidth.preferred().bits();
      return super.cases().stream()
          .filter(example -> !emulated || products(example) <= EMULATED_PRODUCTS)
          .toList();
    }

    /// Counts as skipped where cases are left out, so that the run says so.
    @Test
    public void everyCaseIsTried() {
      List<ContractCase> leftOut = new ArrayList<>(super.cases());
      leftOut.removeAll(cases());
      assumeTrue(
          leftOut.isEmpty(), () -> "not tried, this processor lacks " + width + ": " + leftOut);
      assertThat(cases()).isEqualTo(super.cases());
    }

    private static long products(ContractCase example) {
      long width = example.config().width();
      long vocabulary = example.config().vocabularySize();
      long ofToken = (12 * width * example.config().layers() + vocabulary) * width;
      return ofToken * example.sequenceLength() * example.batch();
    }

    /// Single precision has 6e-8 of rounding in each operation; sums of up to 33,000 of them stay
    /// within these.
    @Override
    protected Tolerances tolerances() {
      return new Tolerances(5e-6, 2e-6, 2e-5, 2e-5, 5e-5, 10);
    }
  }

  @Nested
  final class At128Bits extends AtWidth {
    At128Bits() {
      super(VectorWidth.BITS_128);
    }
  }

  @Nested
  final class At256Bits extends AtWidth {
    At256Bits() {
      super(VectorWidth.BITS_256);
    }
  }

  @Nested
  final class At512Bits extends AtWidth {
    At512Bits() {
      super(VectorWidth.BITS_512);
    }
  }
}
