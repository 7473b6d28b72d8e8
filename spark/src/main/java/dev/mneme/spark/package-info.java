/// Trials as tasks of Apache Spark.
///
/// [dev.mneme.spark.SparkExecutorProvider] turns a request into Spark's settings
/// ([dev.mneme.spark.SparkSettings]) and opens a [dev.mneme.spark.SparkExecutor]. Every trial is a
/// job of one task, [dev.mneme.spark.TrialTask], which makes its engine on the worker
/// ([dev.mneme.spark.WorkerEngine]) and sends a [dev.mneme.spark.TaskAnswer] back as bytes of a
/// format of our own.
///
/// Errors: a trial that diverges, fails or takes its worker down again and again is a result. A
/// request that cannot be met is a [dev.mneme.model.InvalidConfigurationException] that names every
/// reason. Trouble that would lose results ends the run.
@org.jspecify.annotations.NullMarked
package dev.mneme.spark;
