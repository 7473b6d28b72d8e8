package dev.mneme.measure;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/// Figures in sentences, the same in every locale.
final class Figures {
  private Figures() {}

  static String format(String pattern, Object... figures) {
    return String.format(Locale.ROOT, pattern, figures);
  }

  /// A share such as 0.02 as `2%`, to at most four digits.
  static String percent(double share) {
    return new BigDecimal(100 * share)
            .round(new MathContext(4))
            .stripTrailingZeros()
            .toPlainString()
        + "%";
  }
}
