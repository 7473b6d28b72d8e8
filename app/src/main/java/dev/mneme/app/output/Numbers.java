package dev.mneme.app.output;

import dev.mneme.measure.Interval;
import dev.mneme.unit.Bits;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;

/// Figures as a reader wants them: three or four digits, one unit, the same everywhere.
public final class Numbers {
  private static final String[] PREFIXES = {"", "k", "M", "G", "T"};

  private Numbers() {}

  /// An amount of information, such as `289.3 kbit`; below 1,000 in whole bits.
  public static String bits(Bits amount) {
    return bits(amount.value());
  }

  /// The same for a plain number of bits.
  public static String bits(double amount) {
    double size = Math.abs(amount);
    int power = 0;
    while (size >= (power == 0 ? 999.5 : 999.95) && power < PREFIXES.length - 1) {
      size /= 1000;
      power++;
    }
    double shown = amount / Math.pow(1000, power);
    return power == 0
        ? String.format(Locale.ROOT, "%.0f bit", positiveZero(shown, 0.5))
        : String.format(Locale.ROOT, "%.1f %sbit", shown, PREFIXES[power]);
  }

  /// A count with thousands separated by commas, such as `80,416`.
  public static String count(long amount) {
    return String.format(Locale.ROOT, "%,d", amount);
  }

  /// A large count in short, such as `80.4k` or `1.2M`; below 1,000 in full.
  public static String brief(double amount) {
    double size = amount;
    int power = 0;
    while (size >= (power == 0 ? 999.5 : 999.95) && power < PREFIXES.length - 1) {
      size /= 1000;
      power++;
    }
    return power == 0
        ? String.format(Locale.ROOT, "%.0f", size)
        : String.format(Locale.ROOT, "%.1f%s", size, PREFIXES[power]);
  }

  /// A count in short as people write sizes of models, to three digits, such as `124M`, `8B` or
  /// `15T`.
  public static String suffixed(double amount) {
    String[] suffixes = {"", "K", "M", "B", "T"};
    int power = 0;
    double size = amount;
    while (size >= 999.5 && power < suffixes.length - 1) {
      size /= 1000;
      power++;
    }
    BigDecimal shown = new BigDecimal(size).round(new MathContext(3)).stripTrailingZeros();
    return (shown.signum() == 0 ? "0" : shown.toPlainString()) + suffixes[power];
  }

  /// An amount of information in bytes, such as `3.6 GB`.
  public static String bytes(Bits amount) {
    String[] units = {"bytes", "kB", "MB", "GB", "TB"};
    double size = amount.value() / 8;
    int power = 0;
    while (size >= (power == 0 ? 999.5 : 999.95) && power < units.length - 1) {
      size /= 1000;
      power++;
    }
    return String.format(Locale.ROOT, power == 0 ? "%.0f %s" : "%.1f %s", size, units[power]);
  }

  /// A share, such as `99.7%`.
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", positiveZero(100 * share, 0.05));
  }

  /// A mean with half the width of its 95% interval, such as `2.71 ± 0.03`; the mean alone where a
  /// single observation gives no interval.
  public static String plusMinus(Interval interval) {
    String mean = decimals(interval.mean(), 2);
    return interval.observations() < 2
        ? mean
        : mean + " ± " + decimals((interval.high() - interval.low()) / 2, 2);
  }

  /// A number with a fixed number of decimals.
  public static String decimals(double value, int decimals) {
    return String.format(
        Locale.ROOT, "%." + decimals + "f", positiveZero(value, 0.5 * Math.pow(10, -decimals)));
  }

  /// A learning rate or tolerance without trailing zeros, such as `0.01`.
  public static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }

  /// A length of time in its two largest units, such as `4 min 12 s`.
  public static String duration(Duration duration) {
    long seconds = Math.max(0, Math.round(duration.toMillis() / 1000.0));
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min " + twoDigits(seconds % 60) + " s";
    }
    return seconds / 3600 + " h " + twoDigits(seconds % 3600 / 60) + " min";
  }

  /// The same for a number of seconds.
  public static String seconds(double seconds) {
    return duration(Duration.ofMillis(Math.round(1000 * seconds)));
  }

  /// `1 seed`, `3 seeds`.
  public static String plural(long amount, String noun) {
    return count(amount) + " " + noun + (amount == 1 ? "" : "s");
  }

  private static String twoDigits(long value) {
    return String.format(Locale.ROOT, "%02d", value);
  }

  /// Zero without a sign for what would be printed as `-0`.
  private static double positiveZero(double value, double half) {
    return Math.abs(value) < half ? 0 : value;
  }
}
