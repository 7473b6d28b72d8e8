package dev.mneme.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.engine.EngineIdentity;
import dev.mneme.engine.reference.ReferenceEngine;
import dev.mneme.engine.vector.VectorEngine;
import dev.mneme.engine.vector.kernel.VectorWidth;
import dev.mneme.model.InvalidConfigurationException;
import org.junit.jupiter.api.Test;

class WorkerEngineTest {
  @Test
  void aWorkerComputesAtTheWidthOfTheDriver() {
    EngineIdentity narrow = new VectorEngine(VectorWidth.BITS_128).identity();
    assertThat(WorkerEngine.of(narrow, VectorWidth.BITS_512).identity()).isEqualTo(narrow);
    EngineIdentity reference = new ReferenceEngine().identity();
    assertThat(WorkerEngine.of(reference, VectorWidth.BITS_128).identity()).isEqualTo(reference);
  }

  @Test
  void aWorkerWithNarrowerVectorsRefuses() {
    EngineIdentity wide = new VectorEngine(VectorWidth.BITS_512).identity();
    assertThatThrownBy(() -> WorkerEngine.of(wide, VectorWidth.BITS_256))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("vectors of 256 bits")
        .hasMessageContaining("-XX:MaxVectorSize=32");
  }

  @Test
  void aWorkerOfAnotherVersionRefuses() {
    EngineIdentity later = new EngineIdentity("vector", 999, 128, "fp32");
    assertThatThrownBy(() -> WorkerEngine.of(later, VectorWidth.BITS_512))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("same version");
  }
}
