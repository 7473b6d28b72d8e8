package dev.mneme.store;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/// Which trials to list, and in which order. Start from [#ALL] and narrow it.
///
/// @param statuses how they ended; empty for any
/// @param experiment name of one that asks for them
/// @param layers transformer blocks
/// @param width d_model
/// @param vocabularySize V
/// @param contextLength S
/// @param idPrefix how their identity begins; may be empty
/// @param order what to sort by
/// @param descending largest first
/// @param limit how many at most
public record TrialFilter(
    Set<TrialStatus> statuses,
    Optional<String> experiment,
    OptionalInt layers,
    OptionalInt width,
    OptionalInt vocabularySize,
    OptionalInt contextLength,
    String idPrefix,
    TrialOrder order,
    boolean descending,
    OptionalLong limit) {
  /// Every trial, in the order in which they were kept.
  public static final TrialFilter ALL =
      new TrialFilter(
          Set.of(),
          Optional.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          "",
          TrialOrder.KEPT,
          false,
          OptionalLong.empty());

  public TrialFilter {
    statuses = Set.copyOf(statuses);
  }

  /// Only trials that ended in one of these ways.
  public TrialFilter withStatuses(Set<TrialStatus> chosen) {
    return new TrialFilter(
        chosen,
        experiment,
        layers,
        width,
        vocabularySize,
        contextLength,
        idPrefix,
        order,
        descending,
        limit);
  }

  /// Only trials that an experiment asks for.
  public TrialFilter withExperiment(String chosen) {
    return new TrialFilter(
        statuses,
        Optional.of(chosen),
        layers,
        width,
        vocabularySize,
        contextLength,
        idPrefix,
        order,
        descending,
        limit);
  }

  /// Only models of this many layers and this width.
  public TrialFilter withModel(int chosenLayers, int chosenWidth) {
    return new TrialFilter(
        statuses,
        experiment,
        OptionalInt.of(chosenLayers),
        OptionalInt.of(chosenWidth),
        vocabularySize,
        contextLength,
        idPrefix,
        order,
        descending,
        limit);
  }

  /// Only sequences of this length over a vocabulary of this size.
  public TrialFilter withData(int chosenVocabularySize, int chosenContextLength) {
    return new TrialFilter(
        statuses,
        experiment,
        layers,
        width,
        OptionalInt.of(chosenVocabularySize),
        OptionalInt.of(chosenContextLength),
        idPrefix,
        order,
        descending,
        limit);
  }

  /// Only trials whose identity begins so.
  public TrialFilter withIdPrefix(String chosen) {
    return new TrialFilter(
        statuses,
        experiment,
        layers,
        width,
        vocabularySize,
        contextLength,
        chosen,
        order,
        descending,
        limit);
  }

  /// In another order.
  public TrialFilter sortedBy(TrialOrder chosen, boolean largestFirst) {
    return new TrialFilter(
        statuses,
        experiment,
        layers,
        width,
        vocabularySize,
        contextLength,
        idPrefix,
        chosen,
        largestFirst,
        limit);
  }

  /// Only the first ones.
  ///
  /// @param most at least 0
  public TrialFilter limitedTo(long most) {
    if (most < 0) {
      throw new IllegalArgumentException("a limit is at least 0, but was " + most);
    }
    return new TrialFilter(
        statuses,
        experiment,
        layers,
        width,
        vocabularySize,
        contextLength,
        idPrefix,
        order,
        descending,
        OptionalLong.of(most));
  }
}
