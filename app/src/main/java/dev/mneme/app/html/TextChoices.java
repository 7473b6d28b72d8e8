package dev.mneme.app.html;

import dev.mneme.app.html.Report.Choice;
import dev.mneme.app.html.Report.Pick;
import dev.mneme.app.output.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;

/// Charts of one model, one for each size of the training set, to pick from.
final class TextChoices {
  private static final int MOST_SIZES = 8;

  private TextChoices() {}

  /// @param title above them
  /// @param id of the charts, before their number
  /// @param interest of a size: the one with most is shown at first
  /// @param chart of a size under an id, where there are data
  static Optional<Choice> of(
      String title,
      TextCurves model,
      String id,
      ToDoubleFunction<TextCurves.Size> interest,
      BiFunction<TextCurves.Size, String, Optional<Chart>> chart) {
    List<Pick> picks = new ArrayList<>();
    int first = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (TextCurves.Size size : Thinning.of(model.sizes(), MOST_SIZES)) {
      Optional<Chart> one = chart.apply(size, id + "-" + (picks.size() + 1));
      if (one.isPresent()) {
        if (interest.applyAsDouble(size) > most) {
          most = interest.applyAsDouble(size);
          first = picks.size();
        }
        picks.add(new Pick(Numbers.count(size.sequences()), one.get()));
      }
    }
    return picks.isEmpty() ? Optional.empty() : Optional.of(new Choice(title, "N", picks, first));
  }

  /// What a note says of sizes that cannot be picked; empty where all can.
  static String leftOut(TextCurves model) {
    int sizes = model.sizes().size();
    return sizes <= MOST_SIZES ? "" : " " + MOST_SIZES + " of " + sizes + " sizes can be picked.";
  }

  /// The title of a chart of one size.
  static String title(String what, TextCurves model, TextCurves.Size size) {
    return what + ", " + model.name() + " on " + Numbers.count(size.sequences()) + " sequences";
  }
}
