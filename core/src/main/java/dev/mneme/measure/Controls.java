package dev.mneme.measure;

import dev.mneme.data.TokenDataset;
import dev.mneme.unit.Bits;
import dev.mneme.unit.CodeLengths;
import java.util.Locale;

/// Judges the five controls that every capacity run carries. Pure functions of measured values;
/// package `experiment` trains and scores the models.
public final class Controls {
  /// Standard errors above 0 that a figure that should not be positive may reach by chance.
  public static final double STANDARD_ERRORS = 3;

  /// The largest clipped noise floor, as a share of the training figure.
  public static final double FLOOR_SHARE = 0.01;

  /// The largest entropy of a tiny set, as a share of the predicted capacity.
  public static final double TINY_SHARE = 0.01;

  /// The share of its ceiling that a tiny set must reach.
  public static final double CEILING_SHARE = 0.99;

  /// The largest relative error of a uniform model's code length.
  public static final double UNIFORM_ERROR = 1e-12;

  /// The largest relative difference between coded size and code length, beside
  /// [#CODER_BITS].
  public static final double CODER_SHARE = 0.001;

  /// The fixed part of the difference between coded size and code length.
  public static final Bits CODER_BITS = new Bits(64);

  /// A net figure of 0 is known only to the rounding of sums this large, relative to the entropy.
  private static final double ROUNDING = 1e-12;

  private Controls() {}

  /// Control 1: fresh random data of the same size saves nothing. Net at most 3 standard errors
  /// above 0, and the clipped sum, the noise floor, at most 1% of the training figure.
  ///
  /// @param fresh the trained model on fresh data
  /// @param training the same model on its training set, in the cell the capacity is read from; its
  ///     net figure is the one compared
  public static Control freshData(Memorization fresh, Memorization training) {
    double floor = fresh.clipped().value();
    double trained = training.net().value();
    double floorLimit = FLOOR_SHARE * Math.max(0, trained);
    boolean netPassed = withinNoise(fresh);
    boolean floorPassed = trained > 0 && floor <= floorLimit;
    String figures =
        netFigures("Fresh data", fresh)
            + format(
                "; the clipped noise floor is %.4g bits, %s", floor,
                trained > 0
                    ? format(
                        "%.4g%% of the training figure of %.4g bits (limit %.4g%%)",
                        100 * floor / trained, trained, 100 * FLOOR_SHARE)
                    : format("while the training figure, %.4g bits, is not above 0", trained))
            + ".";
    boolean floorDecides = netPassed && !floorPassed;
    return new Control(
        1, "fresh data", netPassed && floorPassed, figures,
        floorDecides ? floor : fresh.net().value(), floorDecides ? floorLimit : limit(fresh));
  }

  /// Control 2: a tiny training set is memorized whole, at least 99% of its ceiling.
  ///
  /// @param tiny the trained model on the tiny set
  /// @param ceiling of the tiny set, see [Ceiling#of]
  /// @param predictedCapacity of the model, above 0; the set's entropy must be at most 1% of it
  public static Control tinySet(Memorization tiny, Bits ceiling, Bits predictedCapacity) {
    if (predictedCapacity.value() <= 0) {
      throw new IllegalArgumentException(
          "a predicted capacity must be above 0, but was " + predictedCapacity.value() + " bits");
    }
    double entropy = tiny.entropy().value();
    double largest = TINY_SHARE * predictedCapacity.value();
    String size =
        format(
            "The tiny set holds %.4g bits, %.3g%% of the predicted capacity of %.4g bits",
            entropy, 100 * entropy / predictedCapacity.value(), predictedCapacity.value());
    double share = Ceiling.share(tiny.net(), ceiling);
    boolean isTiny = entropy <= largest * (1 + ROUNDING);
    boolean reached = share >= CEILING_SHARE;
    String figures =
        size
            + (isTiny ? "" : format(", more than the %.3g%% that makes it tiny", 100 * TINY_SHARE))
            + format(
                "; %.4g of its ceiling of %.4g bits are memorized, %.3f%% (at least %.3g%% wanted).",
                tiny.net().value(), ceiling.value(), 100 * share, 100 * CEILING_SHARE);
    return new Control(2, "tiny set", isTiny && reached, figures, share, CEILING_SHARE);
  }

  /// The most sequences that a tiny set may have; 0 where one sequence is already too many, so that
  /// control 2 needs a larger model or shorter sequences.
  ///
  /// @param bitsPerSequence `S · log2 V`, above 0
  public static int tinySetSize(Bits predictedCapacity, Bits bitsPerSequence) {
    if (bitsPerSequence.value() <= 0 || predictedCapacity.value() < 0) {
      throw new IllegalArgumentException(
          "a tiny set needs a capacity of at least 0 and sequences of more than 0 bits, but was given "
              + predictedCapacity.value() + " and " + bitsPerSequence.value());
    }
    return (int) (TINY_SHARE * predictedCapacity.value() / bitsPerSequence.value());
  }

  /// Control 3: an untrained model saves nothing. Net at most 3 standard errors above 0.
  public static Control untrainedModel(Memorization untrained) {
    return new Control(
        3, "untrained model", withinNoise(untrained), netFigures("An untrained model", untrained) + ".",
        untrained.net().value(), limit(untrained));
  }

  /// Control 4: a uniform model's code length is `N · S · log2 V` to a relative 1e-12.
  ///
  /// @param lengths of a model whose logits are all equal
  /// @param data what it scored, at least one sequence over a vocabulary of at least 2
  public static Control uniformModel(CodeLengths lengths, TokenDataset data) {
    if (lengths.count() != data.count()) {
      throw new IllegalArgumentException(
          lengths.count() + " code lengths do not belong to " + data.count() + " sequences");
    }
    double expected =
        Bits.toChoose(data.vocabularySize()).value() * data.sequenceLength() * (double) data.count();
    if (expected <= 0) {
      throw new IllegalArgumentException("a uniform code over nothing, or over one token, is empty");
    }
    double measured = lengths.total().value();
    double error = Math.abs(measured - expected) / expected;
    return new Control(
        4, "uniform model", error <= UNIFORM_ERROR,
        format(
            "A uniform model's code length is %.15g bits where N·S·log2 V is %.15g, a relative error"
                + " of %.2g (limit %.2g).",
            measured, expected, error, UNIFORM_ERROR),
        error, UNIFORM_ERROR);
  }

  /// Control 5: arithmetic-coded size equals the code length within 0.1% + 64 bits.
  ///
  /// @param coded size of the arithmetic-coded stream, see [ModelCompressor]
  /// @param codeLength of the same data under the same model
  public static Control arithmeticCoder(Bits coded, Bits codeLength) {
    double difference = Math.abs(coded.value() - codeLength.value());
    double limit = CODER_SHARE * codeLength.value() + CODER_BITS.value();
    return new Control(
        5, "arithmetic coder", difference <= limit,
        format(
            "The arithmetic coder wrote %.0f bits where the code length is %.2f, a difference of"
                + " %.2f bits (limit %.2f).",
            coded.value(), codeLength.value(), difference, limit),
        difference, limit);
  }

  private static double limit(Memorization memorization) {
    return STANDARD_ERRORS * memorization.netStandardError().value()
        + ROUNDING * memorization.entropy().value();
  }

  private static boolean withinNoise(Memorization memorization) {
    return memorization.net().value() <= limit(memorization);
  }

  private static String netFigures(String subject, Memorization memorization) {
    return format(
        "%s saved %.4g bits net with a standard error of %.4g (limit %.4g)",
        subject, memorization.net().value(), memorization.netStandardError().value(),
        limit(memorization));
  }

  private static String format(String pattern, Object... figures) {
    return String.format(Locale.ROOT, pattern, figures);
  }
}
