package dev.mneme.law;

import java.util.List;

/// The law with the constants that Morris et al. (arXiv 2505.24832) fitted to GPT-2-like models on
/// deduplicated web text with S = 64 and V = 50,257.
public record PublishedMembership() implements MembershipPredictor {
  /// The published constants.
  public static final MembershipLaw LAW = new MembershipLaw(1.34, -0.034, -33.14);

  /// The largest difference between prediction and observation among the six published rows, 0.09
  /// (124 million parameters, N = 6,104,935). Not an interval: the paper gives none for the
  /// constants.
  public static final double LARGEST_ERROR = 0.09;

  /// A row of the paper's table of predictions for GPT-2 small and XL.
  ///
  /// @param parameters of the model
  /// @param samples N
  /// @param tabulated F1 as the paper predicts it, two decimals
  /// @param observed F1 as the paper measured it
  public record Row(long parameters, long samples, double tabulated, double observed) {
    /// z of this row.
    public double dataBitsPerParameter() {
      return MembershipLaw.dataBitsPerParameter(
          DataSize.samples(samples).bits(SampleShape.PUBLISHED), parameters);
    }

    /// The row as an observation.
    public MembershipObservation observation() {
      return new MembershipObservation(parameters, dataBitsPerParameter(), observed);
    }
  }

  /// The paper's table: what the constants predict, and what attacks on trained models then gave.
  public static final List<Row> ROWS =
      List.of(
          new Row(1_556_000_000, 170_654_583, 0.55, 0.546),
          new Row(1_556_000_000, 76_795_021, 0.75, 0.711),
          new Row(1_556_000_000, 18_851_574, 0.95, 0.959),
          new Row(124_000_000, 13_566_442, 0.55, 0.534),
          new Row(124_000_000, 6_104_935, 0.75, 0.657),
          new Row(124_000_000, 1_498_634, 0.95, 0.980));

  @Override
  public MembershipLaw law() {
    return LAW;
  }

  @Override
  public Estimate<Double> at(double dataBitsPerParameter) {
    double f1 = LAW.at(dataBitsPerParameter);
    return new Estimate<>(
        Math.max(MembershipLaw.CHANCE, f1 - LARGEST_ERROR), f1, Math.min(1, f1 + LARGEST_ERROR));
  }

  @Override
  public String bandLabel() {
    return "published constants ±0.09, the largest error among the six published rows";
  }
}
