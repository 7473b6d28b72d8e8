package dev.mneme.app.config;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Large counts as people write them: `124M`, `8B`, `15T`, `1.5e9`, `170,654,583`.
public final class Counts {
  /// What is read, for messages; the largest count is 10^18.
  public static final String EXPECTED =
      "a whole number from 1 to 10^18, perhaps with K, M, B or T, such as 124M";

  private static final BigDecimal MOST = BigDecimal.TEN.pow(18);
  private static final Pattern COUNT =
      Pattern.compile(
          "(\\d{1,3}(?:,\\d{3}){1,6}|\\d{1,25}(?:\\.\\d{1,25})?(?:[eE]\\+?\\d{1,2})?)([KMBTkmbt]?)");

  private Counts() {}

  /// Reads a count.
  ///
  /// @throws IllegalArgumentException for anything but [#EXPECTED]
  public static long parse(String text) {
    Matcher match = COUNT.matcher(text.strip());
    if (!match.matches()) {
      throw new IllegalArgumentException(text);
    }
    BigDecimal number =
        new BigDecimal(match.group(1).replace(",", ""))
            .scaleByPowerOfTen(power(match.group(2).toUpperCase(Locale.ROOT)));
    if (number.compareTo(BigDecimal.ONE) < 0
        || number.compareTo(MOST) > 0
        || number.stripTrailingZeros().scale() > 0) {
      throw new IllegalArgumentException(text);
    }
    return number.longValueExact();
  }

  private static int power(String suffix) {
    return switch (suffix) {
      case "K" -> 3;
      case "M" -> 6;
      case "B" -> 9;
      case "T" -> 12;
      default -> 0;
    };
  }
}
