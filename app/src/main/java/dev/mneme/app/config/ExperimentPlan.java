package dev.mneme.app.config;

import dev.mneme.experiment.Experiment;
import java.time.Duration;
import java.util.Optional;

/// An experiment file, complete and checked.
///
/// @param experiment its trials
/// @param engine whose arithmetic
/// @param executor where the trials run
/// @param master Spark's master, where Spark is the executor
/// @param gpusPerTrial GPUs that Spark is asked for, for every trial
/// @param threads trials at a time; one for every processor unless given
/// @param checkpointEvery wall time between two checkpoints of a trial
/// @param repeated trials that the file declares more than once; they run once
public record ExperimentPlan(
    Experiment experiment,
    EngineName engine,
    ExecutorName executor,
    String master,
    int gpusPerTrial,
    Optional<Integer> threads,
    Duration checkpointEvery,
    int repeated) {}
