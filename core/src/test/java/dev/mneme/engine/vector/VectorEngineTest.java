package dev.mneme.engine.vector;

import dev.mneme.engine.Engine;
import dev.mneme.engine.EngineContract;
import dev.mneme.engine.Tolerances;
import dev.mneme.engine.vector.kernel.VectorWidth;
import org.junit.jupiter.api.Nested;

/// The contract at every width: wide vectors are emulated where the processor has none, slowly but
/// with the same results.
public final class VectorEngineTest {
  private abstract static class AtWidth extends EngineContract {
    private final VectorWidth width;

    AtWidth(VectorWidth width) {
      this.width = width;
    }

    @Override
    protected Engine engine() {
      return new VectorEngine(width);
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
