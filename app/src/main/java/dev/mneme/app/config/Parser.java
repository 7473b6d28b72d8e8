package dev.mneme.app.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Turns text into a value, or says what would have been right.
///
/// @param <T> type of the value
/// @param expected what is accepted, for messages and help
/// @param read the value; throws `IllegalArgumentException` for any other text
/// @param write the text that reads back as the value
record Parser<T>(String expected, Function<String, T> read, Function<T, String> write) {
  private static final Pattern DURATION =
      Pattern.compile(
          "(?:(\\d{1,6})h)?(?:(\\d{1,6})m(?!s))?(?:(\\d{1,8})s)?(?:(\\d{1,6})ms)?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}._-]{0,99}");
  private static final Pattern DEVICE = Pattern.compile("cpu|cuda(:\\d{1,2})?");
  private static final int LONGEST_LIST = 1000;

  static Parser<Integer> integer(int least, int most) {
    return new Parser<>(
        String.format(Locale.ROOT, "a whole number from %,d to %,d", least, most),
        text -> {
          int value = Integer.parseInt(text.strip());
          require(value >= least && value <= most);
          return value;
        },
        String::valueOf);
  }

  static Parser<Long> longInteger(long least, long most) {
    String expected =
        least == Long.MIN_VALUE
            ? "a whole number"
            : String.format(Locale.ROOT, "a whole number from %,d to %,d", least, most);
    return new Parser<>(
        expected,
        text -> {
          long value = Long.parseLong(text.strip());
          require(value >= least && value <= most);
          return value;
        },
        String::valueOf);
  }

  /// A finite number in `[least, most]`, without `least` itself where `open`.
  static Parser<Double> decimal(String expected, double least, boolean open, double most) {
    return new Parser<>(
        expected,
        text -> {
          double value = Double.parseDouble(text.strip());
          require(
              Double.isFinite(value) && (open ? value > least : value >= least) && value <= most);
          return value;
        },
        Parser::number);
  }

  static Parser<List<Double>> decimals(String expected, boolean mayBeEmpty) {
    return new Parser<>(
        expected,
        text -> {
          List<Double> values = new ArrayList<>();
          for (String part : parts(text)) {
            double value = Double.parseDouble(part);
            require(Double.isFinite(value) && value > 0);
            values.add(value);
          }
          require(mayBeEmpty || !values.isEmpty());
          return List.copyOf(values);
        },
        values -> values.stream().map(Parser::number).collect(Collectors.joining(", ", "[", "]")));
  }

  /// Whole numbers in a range, separated by commas.
  static Parser<List<Integer>> integers(int least, int most, boolean mayBeEmpty) {
    return new Parser<>(
        String.format(
            Locale.ROOT,
            "whole numbers from %,d to %,d, separated by commas%s",
            least,
            most,
            mayBeEmpty ? ", or nothing" : ""),
        text -> {
          List<Integer> values = new ArrayList<>();
          for (String part : parts(text)) {
            int value = Integer.parseInt(part);
            require(value >= least && value <= most);
            values.add(value);
          }
          require(mayBeEmpty || !values.isEmpty());
          return List.copyOf(values);
        },
        String::valueOf);
  }

  /// Texts separated by commas, at least one.
  static Parser<List<String>> texts() {
    return new Parser<>(
        "texts, separated by commas",
        text -> {
          List<String> values = parts(text);
          require(!values.isEmpty() && values.stream().noneMatch(String::isBlank));
          return values;
        },
        String::valueOf);
  }

  static Parser<Duration> duration() {
    return new Parser<>(
        "a length of time above 0, such as 30m, 90s or 1h30m",
        text -> {
          Matcher match = DURATION.matcher(text.strip());
          require(match.matches() && !text.isBlank());
          Duration value =
              Duration.ofHours(part(match.group(1)))
                  .plusMinutes(part(match.group(2)))
                  .plusSeconds(part(match.group(3)))
                  .plusMillis(part(match.group(4)));
          require(!value.isZero() && value.compareTo(Duration.ofDays(365)) <= 0);
          return value;
        },
        value -> {
          long seconds = value.toSeconds();
          if (value.toMillis() % 1000 != 0) {
            return (seconds > 0 ? seconds + "s" : "") + value.toMillis() % 1000 + "ms";
          }
          return seconds % 3600 == 0
              ? seconds / 3600 + "h"
              : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
        });
  }

  static <T> Parser<T> choice(List<T> choices, Function<T, String> name) {
    return new Parser<>(
        choices.stream().map(name).collect(Collectors.joining(" or ")),
        text ->
            choices.stream()
                .filter(choice -> name.apply(choice).equals(text.strip()))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new),
        name);
  }

  /// A short name that can stand in a file name or on a command line.
  static Parser<String> name() {
    return new Parser<>(
        "letters, digits, dots, dashes and underscores, at most 100 and no dot or dash first",
        text -> {
          require(NAME.matcher(text.strip()).matches());
          return text.strip();
        },
        name -> name);
  }

  /// The processor or a graphics card.
  static Parser<String> device() {
    return new Parser<>(
        "cpu, cuda or cuda:n with n from 0",
        text -> {
          require(DEVICE.matcher(text.strip()).matches());
          return text.strip();
        },
        device -> device);
  }

  /// Any text that is not blank.
  static Parser<String> text() {
    return new Parser<>(
        "some text",
        text -> {
          require(!text.isBlank());
          return text.strip();
        },
        text -> text);
  }

  static Parser<List<ModelShape>> models() {
    return new Parser<>(
        "LAYERSxWIDTH or LAYERSxWIDTHxHEADS, such as 1x32 or 2x128x2",
        text -> {
          List<ModelShape> shapes = parts(text).stream().map(ModelShape::parse).toList();
          require(!shapes.isEmpty());
          return shapes;
        },
        shapes ->
            shapes.stream().map(ModelShape::toString).collect(Collectors.joining(", ", "[", "]")));
  }

  /// Comma-separated parts, also of a list in brackets.
  static List<String> parts(String text) {
    String inside = text.strip();
    if (inside.startsWith("[") && inside.endsWith("]")) {
      inside = inside.substring(1, inside.length() - 1);
    }
    if (inside.isBlank()) {
      return List.of();
    }
    List<String> parts = Arrays.stream(inside.split(",", -1)).map(String::strip).toList();
    require(parts.size() <= LONGEST_LIST);
    return parts;
  }

  private static long part(String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException();
    }
  }
}
