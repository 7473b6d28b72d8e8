package dev.mneme.law;

import dev.mneme.model.GptConfig;
import dev.mneme.unit.Bits;
import dev.mneme.unit.BitsPerParameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/// Stored trials of one model shape and one N that differ in sequence length alone, or in
/// vocabulary alone, with what was expected of them.
///
/// @param varied what differs
/// @param sizes what was measured, by ascending S or V; at least two
/// @param table expected beside measured, row by row the same
public record AblationSeries(Varied varied, List<MeasuredSize> sizes, Ablation table) {
  /// What differs.
  public enum Varied {
    SEQUENCE_LENGTH(GptConfig::contextLength),
    VOCABULARY(GptConfig::vocabularySize);

    private final ToIntFunction<GptConfig> value;

    Varied(ToIntFunction<GptConfig> value) {
      this.value = value;
    }

    /// S or V of a model.
    public int of(GptConfig model) {
      return value.applyAsInt(model);
    }

    /// Everything that has to be equal.
    private List<Object> rest(MeasuredSize size) {
      GptConfig model = model(size);
      Varied other = this == VOCABULARY ? SEQUENCE_LENGTH : VOCABULARY;
      return List.of(
          model.layers(),
          model.width(),
          model.heads(),
          model.tiedHead(),
          size.sequences(),
          other.of(model));
    }
  }

  public AblationSeries {
    sizes = List.copyOf(sizes);
  }

  /// Finds them.
  ///
  /// @param alpha with which capacities are expected, in bits per parameter, above 0
  public static List<AblationSeries> among(List<MeasuredCapacity> capacities, double alpha) {
    List<AblationSeries> found = new ArrayList<>();
    for (Varied varied : Varied.values()) {
      Map<List<Object>, List<MeasuredSize>> groups = new LinkedHashMap<>();
      for (MeasuredCapacity capacity : capacities) {
        for (MeasuredSize size : capacity.sizes()) {
          groups.computeIfAbsent(varied.rest(size), key -> new ArrayList<>()).add(size);
        }
      }
      groups.values().stream()
          .filter(sizes -> sizes.size() > 1)
          .map(sizes -> of(varied, sizes, new BitsPerParameter(alpha)))
          .forEach(found::add);
    }
    return found;
  }

  private static AblationSeries of(
      Varied varied, List<MeasuredSize> sizes, BitsPerParameter alpha) {
    Function<MeasuredSize, Integer> value = size -> varied.of(model(size));
    List<MeasuredSize> sorted = sizes.stream().sorted(Comparator.comparing(value)).toList();
    return new AblationSeries(
        varied, sorted, Ablation.of(sorted.stream().map(AblationSeries::trial).toList(), alpha));
  }

  private static AblationTrial trial(MeasuredSize size) {
    GptConfig model = model(size);
    return new AblationTrial(
        model.parameterCount().total(),
        size.sequences(),
        new SampleShape(model.contextLength(), model.vocabularySize()),
        size.ceiling(),
        new Bits(size.net().mean()));
  }

  private static GptConfig model(MeasuredSize size) {
    return size.trials().getFirst().model();
  }
}
