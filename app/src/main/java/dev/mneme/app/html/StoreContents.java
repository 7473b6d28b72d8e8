package dev.mneme.app.html;

import dev.mneme.experiment.Cost;
import dev.mneme.experiment.CurvePoint;
import dev.mneme.experiment.SampleScores;
import dev.mneme.law.MeasuredTrial;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

/// What a store holds, as far as its report shows it.
///
/// @param name of the file, or of one experiment in it
/// @param finished trials on random tokens
/// @param curve the learning curve of one of them
/// @param cost of one of them, scoring included
/// @param scores code lengths of the single sequences of one of them, where they were kept
/// @param text how many finished trials on text there are
/// @param diverged how many trials diverged
/// @param failed how many failed
/// @param reasons why, with how many for the same reason
public record StoreContents(
    String name,
    List<MeasuredTrial> finished,
    Function<MeasuredTrial, List<CurvePoint>> curve,
    Function<MeasuredTrial, Cost> cost,
    Function<MeasuredTrial, Optional<SampleScores>> scores,
    long text,
    long diverged,
    long failed,
    SortedMap<String, Long> reasons) {
  public StoreContents {
    finished = List.copyOf(finished);
  }
}
