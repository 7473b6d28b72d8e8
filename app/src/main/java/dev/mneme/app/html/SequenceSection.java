package dev.mneme.app.html;

import dev.mneme.app.html.Chart.Axis;
import dev.mneme.app.html.Chart.Point;
import dev.mneme.app.html.Chart.Role;
import dev.mneme.app.html.Chart.Series;
import dev.mneme.app.html.Report.Block;
import dev.mneme.app.html.Report.Choice;
import dev.mneme.app.html.Report.Pick;
import dev.mneme.app.html.Report.Section;
import dev.mneme.app.output.Numbers;
import dev.mneme.experiment.SampleScores;
import dev.mneme.law.MeasuredCapacity;
import dev.mneme.law.MeasuredSize;
import dev.mneme.law.MeasuredTrial;
import dev.mneme.measure.CompressionRates;
import dev.mneme.measure.HistogramBins;
import dev.mneme.measure.RateHistogram;
import dev.mneme.model.GptConfig;
import dev.mneme.unit.Bits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What single random sequences save over the uniform code: those trained on beside fresh ones.
final class SequenceSection {
  private static final int MOST_MODELS = 4;
  private static final int MOST_SIZES = 5;

  private SequenceSection() {}

  /// The largest models, each at sizes from its smallest to its largest data set.
  ///
  /// @param scores of a trial, where they were kept; asked for what is shown alone
  static Optional<Section> of(
      List<MeasuredCapacity> capacities, Function<MeasuredTrial, Optional<SampleScores>> scores) {
    List<MeasuredCapacity> largest =
        capacities.stream()
            .sorted(Comparator.comparingLong(MeasuredCapacity::parameters).reversed())
            .limit(MOST_MODELS)
            .toList();
    List<Block> choices = new ArrayList<>();
    for (MeasuredCapacity capacity : largest) {
      choice(capacity, "sequences-" + (choices.size() + 1), scores).ifPresent(choices::add);
    }
    return choices.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Section(
                "sequences",
                "Single sequences",
                "What the model saves on every sequence over the uniform code. Of a sequence that"
                    + " it never saw it can save nothing, so training set and fresh data part where"
                    + " sequences are memorized. At large N one sees whether a full model keeps a"
                    + " part of many sequences or all of a few."
                    + (capacities.size() > MOST_MODELS
                        ? " Shown are the "
                            + MOST_MODELS
                            + " largest of "
                            + capacities.size()
                            + " models."
                        : ""),
                choices));
  }

  private static Optional<Choice> choice(
      MeasuredCapacity capacity,
      String id,
      Function<MeasuredTrial, Optional<SampleScores>> scores) {
    GptConfig model = capacity.model();
    String name =
        Figures.name(model)
            + ", V "
            + Numbers.count(model.vocabularySize())
            + ", S "
            + Numbers.count(model.contextLength());
    List<Pick> picks = new ArrayList<>();
    int first = 0;
    for (MeasuredSize size : Thinning.of(capacity.sizes(), MOST_SIZES)) {
      Optional<SampleScores> kept = scores.apply(size.trials().getFirst());
      if (kept.isPresent() && kept.get().training().count() > 0 && kept.get().fresh().count() > 0) {
        if (size.sequences() <= capacity.peak().sequences()) {
          first = picks.size();
        }
        String left =
            capacity.sizes().size() > MOST_SIZES
                ? " " + MOST_SIZES + " of " + capacity.sizes().size() + " sizes can be picked."
                : "";
        picks.add(
            new Pick(
                Numbers.count(size.sequences()),
                chart(
                    id + "-" + (picks.size() + 1),
                    "Bits saved per sequence, %s on %s sequences"
                        .formatted(name, Numbers.count(size.sequences())),
                    left,
                    model,
                    kept.get())));
      }
    }
    return picks.isEmpty() ? Optional.empty() : Optional.of(new Choice(name, "N", picks, first));
  }

  private static Chart chart(
      String id, String title, String left, GptConfig model, SampleScores scores) {
    Bits entropy = Bits.toChoose(model.vocabularySize()).times(model.contextLength());
    CompressionRates training = CompressionRates.of(scores.training(), entropy);
    CompressionRates fresh = CompressionRates.of(scores.fresh(), entropy);
    HistogramBins bins = HistogramBins.over(HistogramBins.DEFAULT, training, fresh);
    return new Chart(
        id,
        title,
        "First seed, every sequence, in %d equal classes. A sequence has %s, and no more can be saved on it.%s"
            .formatted(bins.count(), Numbers.bits(entropy), left),
        Axis.linear("bits saved on a sequence"),
        Axis.linear("share of the sequences"),
        List.of(
            histogram("training set", 0, training.histogram(bins), entropy),
            histogram("fresh data", 1, fresh.histogram(bins), entropy)),
        List.of());
  }

  /// Shares of classes by the bits saved in their middle, ascending.
  private static Series histogram(String name, int color, RateHistogram histogram, Bits entropy) {
    List<Point> points = new ArrayList<>();
    HistogramBins bins = histogram.bins();
    for (int bin = bins.count() - 1; bin >= 0; bin--) {
      double rate = (bins.edge(bin) + bins.edge(bin + 1)) / 2;
      points.add(new Point(entropy.value() * (1 - rate), histogram.share(bin)));
    }
    return new Series(name, Role.HISTOGRAM, color, "", points);
  }
}
