/// The store: one DuckDB file that keeps trials, their learning curves and the scores of single
/// sequences.
///
/// - [TrialStore] writes it, and is what a run hands its trials to
/// - [StoreReader] reads it and can change nothing, whatever SQL it is given
/// - one process at a time has a store open, and the next one is told which
///
/// What is wrong with the file or the disk is a [dev.mneme.experiment.StorageException]; what a
/// user got wrong, such as an unknown trial, an [dev.mneme.model.InvalidConfigurationException];
/// what DuckDB does not understand, a [QueryException]. Tables and columns are described in
/// `docs/store.md` and in the store itself.
package dev.mneme.store;
