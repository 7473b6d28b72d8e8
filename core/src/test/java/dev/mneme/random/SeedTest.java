package dev.mneme.random;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SeedTest {
  /// Computed with Python's hashlib: first 8 bytes of SHA-256 over (value, index, purpose).
  @Test
  void derivesTheKnownSeeds() {
    assertThat(new Seed(42).derive("data", 7)).isEqualTo(new Seed(1988748256462250395L));
    assertThat(new Seed(-1).derive("order", 0)).isEqualTo(new Seed(-7502142737577949026L));
    assertThat(new Seed(1).derive("größe", 3)).isEqualTo(new Seed(18184754498002990L));
  }

  @Property(seed = "2026")
  void everyPartOfTheNameMatters(@ForAll long value, @ForAll long index) {
    Seed derived = new Seed(value).derive("data", index);
    assertThat(derived)
        .isNotEqualTo(new Seed(value).derive("order", index))
        .isNotEqualTo(new Seed(value).derive("data", index + 1))
        .isNotEqualTo(new Seed(value + 1).derive("data", index))
        .isNotEqualTo(new Seed(value));
  }
}
