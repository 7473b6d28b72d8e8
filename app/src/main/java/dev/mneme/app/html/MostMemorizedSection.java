package dev.mneme.app.html;

import dev.mneme.app.html.Report.Block;
import dev.mneme.app.html.Report.Piece;
import dev.mneme.app.html.Report.Sample;
import dev.mneme.app.html.Report.Samples;
import dev.mneme.app.html.Report.Section;
import dev.mneme.app.output.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The sequences that a model keeps most of, every token shaded by what the model saves on it.
final class MostMemorizedSection {
  /// Below it, in bits, a sequence is not shown as memorized.
  private static final double LEAST_SHOWN = 0.05;

  private static final int MOST_SAMPLES = 10;

  /// A page of long sequences stays small.
  private static final int MOST_PIECES = 4000;

  private MostMemorizedSection() {}

  /// Of two sizes of the training set: the one of which the model keeps most, and the full one.
  static Optional<Section> of(TextCurves model) {
    TextCurves.Size full = model.sizes().getLast();
    TextCurves.Size most =
        model.sizes().stream().max(Comparator.comparingDouble(TextCurves.Size::net)).orElse(full);
    List<Block> blocks = new ArrayList<>();
    for (TextCurves.Size size : most.equals(full) ? List.of(full) : List.of(most, full)) {
      samples(size, size.equals(full) ? ", the full set" : ", of which it keeps most")
          .ifPresent(blocks::add);
    }
    return blocks.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Section(
                "samples",
                "Most memorized",
                "The sequences that "
                    + model.name()
                    + " keeps most of beyond the oracle. The darker and the thicker underlined a"
                    + " token, the more bits the model saves on it beyond the oracle. Characters"
                    + " that cannot be seen are written out.",
                blocks));
  }

  private static Optional<Samples> samples(TextCurves.Size size, String which) {
    List<JsonNode> kept =
        Fields.list(size.cells().getFirst().at("/mostMemorized/samples")).stream()
            .filter(sample -> sample.path("text").isString())
            .filter(sample -> sample.required("unintendedBits").asDouble() >= LEAST_SHOWN)
            .toList();
    List<Sample> samples = new ArrayList<>();
    int pieces = 0;
    for (JsonNode node : kept) {
      Sample sample = sample(node);
      pieces += sample.pieces().size();
      if (samples.size() == MOST_SAMPLES || !samples.isEmpty() && pieces > MOST_PIECES) {
        break;
      }
      samples.add(sample);
    }
    return samples.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Samples(
                Numbers.count(size.sequences()) + " sequences" + which,
                "First seed, most memorized first, out of those that were probed. The top of a long"
                    + " list is partly chance."
                    + (samples.size() < kept.size()
                        ? " %d of the %d in report.json are shown."
                            .formatted(samples.size(), kept.size())
                        : ""),
                samples));
  }

  private static Sample sample(JsonNode sample) {
    double bits = sample.required("unintendedBits").asDouble();
    return new Sample(
        sample.required("index").asLong(),
        Numbers.decimals(bits, 1)
            + " bits beyond the oracle · rarity of its terms "
            + Numbers.decimals(sample.required("rarityBits").asDouble(), 1)
            + " bits · "
            + Numbers.plural(sample.required("occurrences").asLong(), "occurrence"),
        bits,
        sample.required("text").asString(),
        pieces(sample.path("pieces")));
  }

  /// Runs of earlier versions have none.
  private static List<Piece> pieces(JsonNode node) {
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < node.path("texts").size(); i++) {
      pieces.add(
          new Piece(
              node.required("texts").get(i).asString(),
              node.required("tokens").get(i).asInt(),
              node.required("modelBits").get(i).asDouble(),
              node.required("oracleBits").get(i).asDouble()));
    }
    return pieces;
  }
}
