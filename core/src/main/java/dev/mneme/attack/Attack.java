package dev.mneme.attack;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The attacks, by the names that users know.
public enum Attack {
  /// The code length alone (Yeom et al., arXiv 1709.01604).
  LOSS("loss"),
  /// The code length relative to the size that zlib needs (Carlini et al., arXiv 2012.07805).
  ZLIB("zlib"),
  /// The code length relative to that of a reference model (Carlini et al., arXiv 2012.07805).
  REF("ref"),
  /// The least likely tokens alone (Shi et al., arXiv 2310.16789).
  MIN_K("mink", "min_k"),
  /// The same after standardizing by what the model expects (Zhang et al., arXiv 2404.02936).
  MIN_K_PLUS_PLUS("mink++", "min_k++"),
  /// No model at all, only the words: what it finds is a difference between the samples.
  BLIND("blind");

  private final List<String> labels;

  Attack(String... labels) {
    this.labels = List.of(labels);
  }

  /// The name in reports.
  public String label() {
    return labels.getFirst();
  }

  /// Finds an attack by its name or an alias of it.
  public static Optional<Attack> named(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(attack -> attack.labels.contains(lower)).findFirst();
  }
}
