package dev.mneme.experiment;

import dev.mneme.experiment.CapacityReport.Peak;
import dev.mneme.experiment.CapacityReport.SizePoint;
import dev.mneme.measure.Convergence;
import dev.mneme.measure.ConvergenceTest;
import dev.mneme.measure.Interval;
import dev.mneme.measure.Plateau;
import dev.mneme.measure.PlateauTest;
import dev.mneme.measure.RemainingGain.Runs;
import dev.mneme.measure.RunLengths;
import dev.mneme.measure.SeedStatistics;
import dev.mneme.training.TrainingPlan;
import dev.mneme.unit.Bits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Decides, from the results alone, which trials the capacity of one model needs next, and says
/// what they add up to. Pure: the same results give the same decision, in whatever order they came,
/// so a search that was stopped goes on where it was when it is given the results it had.
///
/// 1. Every size of the grid, around the data set that the model would just hold at 3.6 bits per
///    parameter, is tried with the first [CapacityPlan#scanSeeds()] seeds. The peak is the size
///    with the largest mean over those seeds: every size is judged by the same draws of luck.
/// 2. Where the peak's next two larger sizes diverged or fell more than 5% below it, other learning
///    rates are tried, and likewise where a size has no figure because its trials diverged.
/// 3. Sizes are added until one smaller and two larger ones enclose the peak, and between it and
///    the next larger one where it holds its whole data set.
/// 4. The other seeds are run at the peak, and some again with half the steps and a schedule of
///    their own.
public final class CapacitySearch {
  /// A larger data set that keeps less than this share of the peak has jammed.
  static final double JAMMED_BELOW = 0.95;

  /// A data set that keeps more than this share of its ceiling is memorized nearly whole.
  static final double FULL_ABOVE = 0.98;

  /// Neighbouring sizes are close enough where the larger is at most this multiple of the smaller.
  static final double NARROW = 1.1;

  private final CapacityTask task;
  private final CapacityPlan plan;

  public CapacitySearch(CapacityTask task) {
    this.task = task;
    this.plan = task.plan();
  }

  /// What to do next.
  public sealed interface Next {
    /// Run these trials and ask again.
    ///
    /// @param reason one phrase for a reader
    /// @param trials none of them known yet, at least one
    record Run(String reason, List<TrialSpecification> trials) implements Next {
      public Run {
        trials = List.copyOf(trials);
      }
    }

    /// The search is over.
    ///
    /// @param reason one sentence
    record Done(String reason) implements Next {}
  }

  /// Decides.
  ///
  /// @param results all trials of this search that ended so far, in any order
  public Next next(List<TrialResult> results) {
    Trials trials = new Trials(plan, results);
    List<Integer> sizes = sizes(trials);

    List<TrialSpecification> scan = new ArrayList<>();
    sizes.forEach(size -> scan.addAll(scanTrials(size, firstRate())));
    List<TrialSpecification> unscanned = trials.missing(scan);
    if (!unscanned.isEmpty()) {
      return new Next.Run("data set sizes", unscanned);
    }

    List<TrialSpecification> sweep = trials.missing(sweep(trials, sizes));
    if (!sweep.isEmpty()) {
      return new Next.Run("other learning rates where a run jammed", sweep);
    }

    Optional<Scanned> peak = peak(trials, sizes);
    if (peak.isEmpty()) {
      return new Next.Done("no trial finished");
    }
    Extension extension = extension(peak.get(), sizes, trials);
    if (!extension.sizes().isEmpty()) {
      List<TrialSpecification> added = new ArrayList<>();
      extension.sizes().forEach(size -> added.addAll(scanTrials(size, firstRate())));
      return new Next.Run("more data set sizes around the peak", added);
    }

    List<TrialSpecification> rest = new ArrayList<>();
    for (long seed : plan.seeds()) {
      rest.add(trial(peak.get().size(), peak.get().rate(), plan.training().steps(), seed));
    }
    judgedForConvergence(peak.get(), sizes, trials)
        .forEach(judged -> rest.addAll(shorterTrials(judged, peak.get())));
    List<TrialSpecification> missing = trials.missing(rest);
    if (!missing.isEmpty()) {
      return new Next.Run("remaining seeds and fewer steps at the peak", missing);
    }
    return new Next.Done(extension.reason());
  }

  /// Says what the results add up to.
  ///
  /// @param results all trials of this search that ended, in any order
  /// @param stopReason why the search ended
  /// @param interrupted whether it was stopped from outside
  public CapacityReport report(List<TrialResult> results, String stopReason, boolean interrupted) {
    Trials trials = new Trials(plan, results);
    List<Integer> sizes = sizes(trials);
    List<SizePoint> points = new ArrayList<>();
    for (Scanned scanned : scanned(trials, sizes)) {
      points.add(point(scanned, trials));
    }
    Optional<Scanned> top = peak(trials, sizes);
    Optional<SizePoint> peak = top.map(scanned -> point(scanned, trials));
    List<TrialResult.Finished> shorter = new ArrayList<>();
    List<Convergence> convergence = new ArrayList<>();
    top.ifPresent(scanned -> {
      for (Scanned judged : judgedForConvergence(scanned, sizes, trials)) {
        List<TrialResult.Finished> runs = trials.finished(shorterTrials(judged, scanned));
        shorter.addAll(runs);
        convergence.add(convergence(point(judged, trials).trials(), runs));
      }
    });
    return new CapacityReport(
        task.model(),
        plan,
        points,
        peak.map(this::peak),
        plateau(scanned(trials, sizes)),
        worst(convergence),
        shorter,
        results,
        stopReason,
        interrupted);
  }

  private Peak peak(SizePoint point) {
    long parameters = task.model().parameterCount().total();
    return new Peak(point.sequences(), point.net(), point.net().dividedBy(parameters));
  }

  private SizePoint point(Scanned scanned, Trials trials) {
    List<TrialSpecification> all = new ArrayList<>();
    for (long seed : plan.seeds()) {
      all.add(trial(scanned.size(), scanned.rate(), plan.training().steps(), seed));
    }
    List<TrialResult.Finished> finished = trials.finished(all);
    Interval net =
        SeedStatistics.ofBits(finished.stream().map(trial -> trial.training().net()).toList());
    return new SizePoint(scanned.size(), scanned.rate(), net, finished);
  }

  // --- sizes ---

  /// The grid's sizes and all that were tried beyond it, ascending.
  private List<Integer> sizes(Trials trials) {
    double predicted = PredictedSize.of(task.model());
    TreeSet<Integer> sizes = new TreeSet<>(trials.sizes());
    plan.grid().forEach(factor -> sizes.add(PredictedSize.whole(task.model(), factor * predicted)));
    return List.copyOf(sizes);
  }

  /// Which sizes to add, or, where there are none, why the search ends.
  private record Extension(List<Integer> sizes, String reason) {}

  private Extension extension(Scanned peak, List<Integer> sizes, Trials trials) {
    List<Integer> measured = scanned(trials, sizes).stream().map(Scanned::size).toList();
    Plateau plateau = plateau(scanned(trials, sizes));
    if (plateau.enclosed()) {
      List<Integer> between = between(peak, measured, trials);
      return between.isEmpty() || sizes.size() >= plan.maximumSizes()
          ? new Extension(List.of(), "the peak is enclosed and every trial planned at it has ended")
          : new Extension(between, "");
    }
    List<Integer> added = new ArrayList<>();
    List<String> obstacles = new ArrayList<>();
    if (peak.mean() <= 0) {
      obstacles.add("no data set size memorized anything");
    }
    if (plateau.missingSmaller() > 0) {
      added.addAll(smallerSizes(sizes.getFirst(), measured.getFirst(), obstacles));
    }
    if (plateau.missingLarger() > 0) {
      added.addAll(
          largerSizes(sizes.getLast(), measured.getLast(), plateau.missingLarger(), obstacles));
    }
    if (!obstacles.isEmpty()) {
      return new Extension(List.of(), "the peak is not enclosed: " + String.join("; ", obstacles));
    }
    int room = plan.maximumSizes() - sizes.size();
    if (added.size() > room) {
      return new Extension(
          List.of(),
          "the peak is not enclosed: "
              + added.size()
              + " more data set sizes are needed, but no more than "
              + plan.maximumSizes()
              + " may be tried");
    }
    return new Extension(added, "");
  }

  /// Where the peak holds its whole data set, the true peak may lie at any size up to the next
  /// larger one: halves that gap until it is narrow.
  private List<Integer> between(Scanned peak, List<Integer> measured, Trials trials) {
    if (!full(peak, trials)) {
      return List.of();
    }
    int next = measured.get(measured.indexOf(peak.size()) + 1);
    int middle = (int) Math.round(Math.sqrt((double) peak.size() * next));
    boolean narrow = next <= NARROW * peak.size() || middle <= peak.size() || middle >= next;
    return narrow ? List.of() : List.of(middle);
  }

  /// Whether a size is memorized nearly whole, so that its figure cannot grow with training.
  private boolean full(Scanned size, Trials trials) {
    List<TrialResult.Finished> finished = trials.finished(scanTrials(size.size(), size.rate()));
    double ceiling =
        finished.stream().mapToDouble(trial -> trial.ceiling().value()).average().orElseThrow();
    return size.mean() >= FULL_ABOVE * ceiling;
  }

  private List<Integer> smallerSizes(int tried, int measured, List<String> obstacles) {
    if (tried == 1) {
      obstacles.add("no data set is smaller than the one sequence tried");
    } else if (tried < measured) {
      obstacles.add("no trial on the smaller data sets finished");
    } else {
      return List.of(Math.min(tried - 1, PredictedSize.whole(task.model(), tried / plan.growth())));
    }
    return List.of();
  }

  private List<Integer> largerSizes(int tried, int measured, int count, List<String> obstacles) {
    if (tried > measured) {
      obstacles.add("no trial on the larger data sets finished");
      return List.of();
    }
    List<Integer> added = new ArrayList<>();
    int last = tried;
    for (int i = 0; i < count; i++) {
      int next = PredictedSize.whole(task.model(), Math.max(last + 1, last * plan.growth()));
      if (next <= last) {
        obstacles.add("a data set larger than " + last + " sequences does not fit into memory");
        return List.of();
      }
      added.add(next);
      last = next;
    }
    return added;
  }

  // --- scan and sweep ---

  /// A size at the rate that served it best.
  ///
  /// @param finished how many of the scan's seeds finished
  /// @param mean of their net memorized bits
  private record Scanned(int size, double rate, int finished, double mean) {}

  /// All sizes with at least one finished scan trial, ascending.
  private List<Scanned> scanned(Trials trials, List<Integer> sizes) {
    return sizes.stream().flatMap(size -> best(size, trials).stream()).toList();
  }

  /// A rate at which more seeds finish is better; among those, one that memorizes more; among
  /// equals, the one tried first.
  private Optional<Scanned> best(int size, Trials trials) {
    Comparator<Scanned> better =
        Comparator.comparingInt(Scanned::finished).thenComparingDouble(Scanned::mean);
    return rates().stream()
        .flatMap(rate -> scan(size, rate, trials).stream())
        .reduce((first, second) -> better.compare(second, first) > 0 ? second : first);
  }

  private Optional<Scanned> scan(int size, double rate, Trials trials) {
    List<TrialResult.Finished> finished = trials.finished(scanTrials(size, rate));
    return finished.isEmpty()
        ? Optional.empty()
        : Optional.of(new Scanned(size, rate, finished.size(), meanNet(finished)));
  }

  private Optional<Scanned> peak(Trials trials, List<Integer> sizes) {
    return scanned(trials, sizes).stream()
        .reduce((first, second) -> second.mean() > first.mean() ? second : first);
  }

  private List<TrialSpecification> sweep(Trials trials, List<Integer> sizes) {
    Optional<Scanned> peak = peak(trials, sizes);
    List<TrialSpecification> wanted = new ArrayList<>();
    for (int size : sizes) {
      boolean diverged =
          scanTrials(size, firstRate()).stream()
              .anyMatch(trial -> trials.of(trial) instanceof TrialResult.Diverged);
      if (diverged || (peak.isPresent() && jammed(size, peak.get(), trials, sizes))) {
        rates().stream().skip(1).forEach(rate -> wanted.addAll(scanTrials(size, rate)));
      }
    }
    return wanted;
  }

  private boolean jammed(int size, Scanned peak, Trials trials, List<Integer> sizes) {
    long between = sizes.stream().filter(other -> other > peak.size() && other < size).count();
    if (size <= peak.size() || between >= Plateau.NEEDED_LARGER) {
      return false;
    }
    double least = peak.mean() - (1 - JAMMED_BELOW) * Math.abs(peak.mean());
    return best(size, trials).map(scanned -> scanned.mean() < least).orElse(false);
  }

  // --- trials ---

  private double firstRate() {
    return plan.training().schedule().peak();
  }

  /// The first rate and those of the sweep.
  private List<Double> rates() {
    return Stream.concat(Stream.of(1.0), plan.sweep().stream())
        .map(factor -> factor * firstRate())
        .distinct()
        .toList();
  }

  private List<TrialSpecification> scanTrials(int size, double rate) {
    return plan.seeds().stream()
        .limit(plan.scanSeeds())
        .map(seed -> trial(size, rate, plan.training().steps(), seed))
        .toList();
  }

  /// The peak; and where it holds its whole data set, so that more steps could not raise it, the
  /// next larger size too, which more steps might raise above it.
  private List<Scanned> judgedForConvergence(Scanned peak, List<Integer> sizes, Trials trials) {
    List<Scanned> judged = new ArrayList<>();
    judged.add(peak);
    if (full(peak, trials)) {
      scanned(trials, sizes).stream()
          .filter(larger -> larger.size() > peak.size())
          .findFirst()
          .ifPresent(judged::add);
    }
    return judged;
  }

  /// Beside the peak only the scan's seeds have a full run to compare with.
  private List<TrialSpecification> shorterTrials(Scanned judged, Scanned peak) {
    int seeds =
        judged.size() == peak.size()
            ? plan.halfStepSeeds()
            : Math.min(plan.halfStepSeeds(), plan.scanSeeds());
    return plan.shorterSteps().stream()
        .flatMap(steps ->
            plan.seeds().stream()
                .limit(seeds)
                .map(seed -> trial(judged.size(), judged.rate(), steps, seed)))
        .toList();
  }

  private TrialSpecification trial(int size, double rate, long steps, long seed) {
    TrainingPlan training = plan.training().withSteps(steps).withPeakLearningRate(rate);
    return new TrialSpecification(task.model(), size, training, seed);
  }

  // --- judgement ---

  private Plateau plateau(List<Scanned> scanned) {
    return PlateauTest.judge(
        scanned.stream()
            .map(size -> new PlateauTest.Size(size.size(), new Bits(size.mean())))
            .toList());
  }

  /// The judgement that speaks most against convergence; the first one is the peak's.
  private Convergence worst(List<Convergence> judged) {
    if (judged.isEmpty()) {
      return Convergence.notMeasured(plan.tolerance(), "No trial finished.");
    }
    Convergence peak = judged.getFirst();
    if (judged.size() == 1 || !peak.converged()) {
      return peak;
    }
    Convergence next = judged.getLast();
    return new Convergence(
        next.converged(),
        next.growth(),
        next.tolerance(),
        next.remaining(),
        "The peak holds its whole data set, so the next larger size decides. "
            + next.explanation());
  }

  /// Compares full and shorter runs, over the seeds that have both.
  private Convergence convergence(
      List<TrialResult.Finished> full, List<TrialResult.Finished> shorter) {
    if (plan.training().steps() < 2) {
      return Convergence.notMeasured(
          plan.tolerance(), "A single step cannot be halved, so there is no shorter run.");
    }
    if (plan.halfStepSeeds() == 0) {
      return Convergence.notMeasured(plan.tolerance(), "No run with half the steps was asked for.");
    }
    List<RunLengths.Run> runs =
        Stream.concat(full.stream(), shorter.stream())
            .map(trial ->
                new RunLengths.Run(
                    trial.specification().plan().steps(),
                    trial.specification().seed(),
                    trial.training().net()))
            .toList();
    List<Runs> lengths = RunLengths.compared(runs, plan.training().steps());
    if (lengths.size() < 2) {
      return Convergence.notMeasured(
          plan.tolerance(), "No seed finished both with all and with half the steps at the peak.");
    }
    double ceiling =
        full.stream().mapToDouble(trial -> trial.ceiling().value()).average().orElseThrow();
    return ConvergenceTest.judge(lengths, new Bits(ceiling), plan.tolerance());
  }

  private static double meanNet(List<TrialResult.Finished> trials) {
    return trials.stream()
        .mapToDouble(trial -> trial.training().net().value())
        .average()
        .orElseThrow();
  }
}
