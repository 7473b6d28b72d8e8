package dev.mneme.spark;

import dev.mneme.experiment.TrialCost;
import dev.mneme.experiment.TrialExecutor;
import dev.mneme.experiment.TrialJson;
import dev.mneme.experiment.TrialListener;
import dev.mneme.experiment.TrialOutcome;
import dev.mneme.experiment.TrialOutcomeBytes;
import dev.mneme.experiment.TrialResult;
import dev.mneme.experiment.TrialSpecification;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import scala.Function1;
import scala.collection.Iterator;
import scala.runtime.BoxedUnit;
import scala.util.Try;

/// Runs trials as tasks of one Spark job, one task each, the longest first. Outcomes are handed on
/// as they come. A task whose worker is lost is started again, see `spark.task.maxFailures`.
///
/// The listener hears of ends only, on the thread that called [#run]: progress inside a task stays
/// on its worker.
public final class SparkExecutor implements TrialExecutor {
  private static final long POLL_MILLIS = 50;

  private final JavaSparkContext context;
  private final TrialTask task;

  SparkExecutor(JavaSparkContext context, TrialTask task) {
    this.context = context;
    this.task = task;
  }

  @Override
  public int parallelism() {
    return context.defaultParallelism();
  }

  /// An outcome and the place of its trial in the job.
  @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
  private record Arrived(int place, byte[] outcome) {}

  /// {@inheritDoc}
  ///
  /// @throws SparkTroubleException where Spark gives the job up
  @Override
  public List<TrialResult> run(
      List<TrialSpecification> trials, TrialListener listener, BooleanSupplier stop) {
    if (trials.isEmpty() || stop.getAsBoolean()) {
      return List.of();
    }
    List<Integer> order =
        IntStream.range(0, trials.size())
            .boxed()
            .sorted(Comparator.comparingDouble((Integer index) -> -TrialCost.of(trials.get(index))))
            .toList();
    BlockingQueue<Arrived> arrived = new LinkedBlockingQueue<>();
    SimpleFutureAction<BoxedUnit> job =
        submit(
            order.stream().map(index -> TrialJson.writeSpecification(trials.get(index))).toList(),
            arrived);
    List<Optional<TrialResult>> results =
        new ArrayList<>(trials.stream().map(trial -> Optional.<TrialResult>empty()).toList());
    try {
      boolean ended;
      do {
        ended = job.isCompleted(); // asked first: what arrived before the end is in the queue
        Arrived next = arrived.poll(ended ? 0 : POLL_MILLIS, TimeUnit.MILLISECONDS);
        if (next != null) {
          ended = false;
          TrialOutcome outcome = TrialOutcomeBytes.read(next.outcome());
          results.set(order.get(next.place()), Optional.of(outcome.result()));
          listener.ended(outcome);
        } else if (stop.getAsBoolean()) {
          break;
        }
      } while (!ended);
      if (job.isCompleted()) {
        rethrow(job);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // give the rest up, but keep what is finished
    } finally {
      job.cancel();
    }
    return results.stream().flatMap(Optional::stream).toList();
  }

  private SimpleFutureAction<BoxedUnit> submit(
      List<String> specifications, BlockingQueue<Arrived> arrived) {
    JavaRDD<byte[]> outcomes = context.parallelize(specifications, specifications.size()).map(task);
    List<Object> partitions = new ArrayList<>();
    IntStream.range(0, specifications.size()).forEach(partitions::add);
    return context
        .sc()
        .submitJob(
            outcomes.rdd(),
            (Function1<Iterator<byte[]>, byte[]> & Serializable) iterator -> iterator.next(),
            scala.jdk.javaapi.CollectionConverters.asScala(partitions).toSeq(),
            (place, outcome) -> {
              arrived.add(new Arrived((Integer) place, outcome));
              return BoxedUnit.UNIT;
            },
            () -> BoxedUnit.UNIT);
  }

  private static void rethrow(SimpleFutureAction<BoxedUnit> job) {
    scala.Option<Try<BoxedUnit>> value = job.value();
    if (value.isDefined() && value.get().isFailure()) {
      Throwable cause = value.get().failed().get();
      throw new SparkTroubleException("Spark gave the trials up: " + firstLine(cause), cause);
    }
  }

  private static String firstLine(Throwable cause) {
    @Nullable String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }

  /// Ends Spark's part of this program.
  @Override
  public void close() {
    context.close();
  }
}
