package dev.mneme.measure;

import dev.mneme.data.TokenDataset;
import dev.mneme.unit.Bits;
import dev.mneme.unit.CodeLengths;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/// What a model remembers of single sequences of text, told apart from what any model of such text
/// would know (Morris et al., arXiv 2505.24832): the reference θ stands for the latter, and the
/// trained model θ̂ is compared with it. Per sequence x, in bits:
///
/// - *net* `CL(x|θ) − CL(x|θ̂)`, negative where the reference does better;
/// - *unintended* memorization `max(0, net)`;
/// - *intended* memorization, or generalization, `S · log2 V − max(CL(x|θ), CL(x|θ̂))`. It is
///   relative to the uniform code, since the entropy of text is unknown, and may be negative;
/// - *total* `S · log2 V − CL(x|θ̂)`, the sum of unintended and intended.
///
/// Over a set, the net sum is a lower bound on what the model remembers of it beyond the reference.
/// The clipped sum, the paper's, is not: noise lifts it, because chance differences count where
/// they are positive and not where they are negative. The same figure on held-out sequences, which
/// neither model saw, is its noise floor.
///
/// A reference that was itself trained on these sequences, such as one trained on a larger set that
/// holds them, remembers a part of them too, and what both remember counts as intended. Standard
/// errors and intervals are over sequences with both models fixed; they take sequences as
/// independent and say nothing about other seeds of training.
///
/// @param reference code lengths under θ, one per sequence, at least one
/// @param model code lengths under θ̂ of the same sequences in the same order
/// @param uniform the code length of one sequence under the uniform code, `S · log2 V`; above 0
public record UnintendedMemorization(CodeLengths reference, CodeLengths model, Bits uniform) {
  /// @throws IllegalArgumentException where the code lengths are not of the same sequences, there
  ///   is none, or the uniform code has no length
  public UnintendedMemorization {
    if (reference.count() != model.count() || model.count() == 0) {
      throw new IllegalArgumentException(
          "reference and model need code lengths of the same sequences, at least 1, but have "
              + reference.count()
              + " and "
              + model.count());
    }
    if (!(uniform.value() > 0)) {
      throw new IllegalArgumentException(
          "the uniform code of a sequence has more than 0 bits, but was given " + uniform.value());
    }
  }

  /// Compares two models on a data set, which gives S and V.
  ///
  /// @throws IllegalArgumentException where there is not one code length per sequence and model, or
  ///   no sequence
  public static UnintendedMemorization on(
      TokenDataset data, CodeLengths reference, CodeLengths model) {
    if (model.count() != data.count()) {
      throw new IllegalArgumentException(
          model.count() + " code lengths do not belong to " + data.count() + " sequences");
    }
    Bits uniform = Bits.toChoose(data.vocabularySize()).times(data.sequenceLength());
    return new UnintendedMemorization(reference, model, uniform);
  }

  /// The number of sequences.
  public int count() {
    return model.count();
  }

  /// `CL(x|θ) − CL(x|θ̂)` of one sequence.
  public Bits net(int index) {
    return new Bits(netBits(index));
  }

  /// `max(0, net)` of one sequence.
  public Bits unintended(int index) {
    return new Bits(unintendedBits(index));
  }

  /// `S · log2 V − max(CL(x|θ), CL(x|θ̂))` of one sequence, relative to the uniform code.
  public Bits intended(int index) {
    return new Bits(intendedBits(index));
  }

  /// `S · log2 V − CL(x|θ̂)` of one sequence: unintended and intended together.
  public Bits total(int index) {
    return new Bits(totalBits(index));
  }

  /// The sum without clipping: a lower bound on what is remembered of the set.
  public Bits net() {
    return Bits.sum(each(this::netBits));
  }

  /// The standard error of [#net()] over sequences, `s · √n`; 0 for one sequence, which says
  /// nothing about its spread.
  public Bits netStandardError() {
    return new Bits(SeedStatistics.standardError(each(this::netBits)) * count());
  }

  /// The paper's sum of `max(0, net)`, which noise lifts.
  public Bits clipped() {
    return Bits.sum(each(this::unintendedBits));
  }

  /// The sum of what the reference explains too, relative to the uniform code.
  public Bits intended() {
    return Bits.sum(each(this::intendedBits));
  }

  /// The sum of [#clipped()] and [#intended()].
  public Bits total() {
    return Bits.sum(each(this::totalBits));
  }

  /// Net bits per sequence with a 95% interval (Student's t over sequences).
  public Interval meanNet() {
    return SeedStatistics.interval(each(this::netBits));
  }

  /// Unintended bits per sequence, likewise. The interval is around the clipped mean, so it lies
  /// above 0 wherever chance lifts that mean, whether or not anything is remembered.
  public Interval meanUnintended() {
    return SeedStatistics.interval(each(this::unintendedBits));
  }

  /// Intended bits per sequence, likewise.
  public Interval meanIntended() {
    return SeedStatistics.interval(each(this::intendedBits));
  }

  /// The first `size` sequences alone; subsets made this way are nested.
  ///
  /// @param size 1 to [#count()]
  public UnintendedMemorization first(int size) {
    return new UnintendedMemorization(reference.first(size), model.first(size), uniform);
  }

  private double netBits(int index) {
    return reference.bits(index) - model.bits(index);
  }

  private double unintendedBits(int index) {
    return Math.max(0, netBits(index));
  }

  private double intendedBits(int index) {
    return uniform.value() - Math.max(reference.bits(index), model.bits(index));
  }

  private double totalBits(int index) {
    return uniform.value() - model.bits(index);
  }

  private double[] each(IntToDoubleFunction figure) {
    return IntStream.range(0, count()).mapToDouble(figure).toArray();
  }
}
