package dev.mneme.engine.reference;

import dev.mneme.engine.Engine;
import dev.mneme.engine.EngineContract;
import dev.mneme.engine.Tolerances;

/// The reference compared with itself: what the contract promises bit for bit, and that the
/// contract notices mistakes. Its figures are checked by the other tests of this package.
class ReferenceEngineTest extends EngineContract {
  @Override
  protected Engine engine() {
    return new ReferenceEngine();
  }

  @Override
  protected Tolerances tolerances() {
    return new Tolerances(1e-13, 1e-13, 1e-12, 1e-12, 1e-12, 1);
  }
}
