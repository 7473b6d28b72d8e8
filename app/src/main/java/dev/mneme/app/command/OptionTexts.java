package dev.mneme.app.command;

import dev.mneme.app.config.Counts;
import dev.mneme.app.config.UsageException;
import dev.mneme.law.Alpha;
import dev.mneme.model.InvalidConfigurationException;
import dev.mneme.model.InvalidConfigurationException.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.DoublePredicate;
import java.util.function.Supplier;

/// Turns the texts of options into values and keeps what is wrong with them.
final class OptionTexts {
  private static final int LARGEST_WHOLE = 1_000_000_000;

  private final String hint;
  private final List<Problem> problems = new ArrayList<>();

  /// @param command whose help tells more, such as `mneme predict`
  OptionTexts(String command) {
    this.hint = "See " + command + " --help.";
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  void add(Problem problem) {
    problems.add(problem);
  }

  void problem(String field, String given, String expected, String hint) {
    problems.add(new Problem(field, given, expected, hint));
  }

  Optional<Long> count(String option, Optional<String> text) {
    return text.flatMap(given -> {
      try {
        return Optional.of(Counts.parse(given));
      } catch (IllegalArgumentException e) {
        problem(option, given, Counts.EXPECTED, hint);
        return Optional.empty();
      }
    });
  }

  /// A count of at most a billion; its own range is checked where it is used.
  Optional<Integer> whole(String option, Optional<String> text) {
    Optional<Long> count = count(option, text);
    if (count.isPresent() && count.get() > LARGEST_WHOLE) {
      problem(option, text.orElse(""), "a whole number of at most 1,000,000,000", hint);
      return Optional.empty();
    }
    return count.map(Long::intValue);
  }

  /// How many to hold out.
  ///
  /// @throws UsageException for anything but a whole number
  static OptionalInt holdOut(String command, Optional<String> text) {
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    String given = text.get().strip();
    if (!given.matches("\\d{1,6}")) {
      throw new UsageException(
          "--hold-out", given, "a whole number, 0 for none", "See " + command + " --help.");
    }
    return OptionalInt.of(Integer.parseInt(given));
  }

  Optional<Double> number(String option, String text, String expected, DoublePredicate accepted) {
    try {
      double value = Double.parseDouble(text.strip());
      if (Double.isFinite(value) && accepted.test(value)) {
        return Optional.of(value);
      }
    } catch (NumberFormatException e) {
      // said below, like a number out of range
    }
    problem(option, text, expected, hint);
    return Optional.empty();
  }

  /// Bits per parameter, `VALUE` or `LOW:VALUE:HIGH`.
  Optional<Alpha> alpha(String text) {
    String expected = "bits per parameter as VALUE or LOW:VALUE:HIGH";
    String[] parts = text.split(":", -1);
    if (parts.length != 1 && parts.length != 3) {
      problem("--alpha", text, expected, "For example: --alpha 3.51:3.64:3.83.");
      return Optional.empty();
    }
    List<Double> values = new ArrayList<>();
    for (String part : parts) {
      number("--alpha", part, expected, bits -> true).ifPresent(values::add);
    }
    return values.size() < parts.length
        ? Optional.empty()
        : checked(() ->
            Alpha.of(
                values.getFirst(), values.get(values.size() / 2), values.getLast(), "as given"));
  }

  /// Makes something or takes down why not, under the names of the options.
  <T> Optional<T> checked(Supplier<T> making) {
    try {
      return Optional.of(making.get());
    } catch (InvalidConfigurationException e) {
      e.problems().stream()
          .distinct()
          .forEach(
              p -> problem("--" + p.field().replace(' ', '-'), p.given(), p.expected(), p.hint()));
      return Optional.empty();
    }
  }
}
