/// Trials on Apache Spark.
///
/// [dev.mneme.spark.SparkExecutorProvider] is found by the program where this module is there;
/// [dev.mneme.spark.SparkExecutor] sends one task per trial and hands results on as they come;
/// [dev.mneme.spark.TrialTask] is what runs on a worker. Specifications and outcomes cross as text
/// and bytes in Mneme's own formats.
///
/// Errors: a trial that diverges or fails is a result. A worker that is lost costs the tasks it
/// had, which Spark starts again elsewhere. What Spark cannot mend ends the run with a
/// [dev.mneme.spark.SparkTroubleException].
@org.jspecify.annotations.NullMarked
package dev.mneme.spark;
