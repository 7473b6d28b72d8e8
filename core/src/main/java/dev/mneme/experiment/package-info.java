/// Experiments as grids of trials.
///
/// A [dev.mneme.experiment.TrialSpecification] fixes a trial; a [dev.mneme.experiment.TrialRunner]
/// turns it into a [dev.mneme.experiment.TrialResult]; a [dev.mneme.experiment.TrialExecutor] runs
/// many of them. [dev.mneme.experiment.CapacitySearch] decides, from the results alone, which
/// trials a capacity needs next and what they say together; [dev.mneme.experiment.CapacityStudy]
/// carries that out for several models at once. [dev.mneme.experiment.Calibrator] turns a budget of
/// wall time into numbers of steps before any trial exists. [dev.mneme.experiment.ControlRunner]
/// runs the controls that say whether the figures can be trusted, and
/// [dev.mneme.experiment.RunFolder] keeps everything.
///
/// Errors: a trial that diverges, fails or runs out of memory is a result, never an exception.
/// Mistakes of a user are [dev.mneme.model.InvalidConfigurationException]s that carry what was
/// given, what was expected and a hint.
package dev.mneme.experiment;
