package dev.mneme.measure;

/// Whether more steps would have changed the figure: growth from a run of half the steps (with its
/// own schedule to zero) to the full run.
///
/// @param converged whether the growth is within the tolerance
/// @param growth relative growth over the last doubling of steps, such as 0.034 for 3.4%; NaN where it was not measured
/// @param tolerance the largest growth that counts as converged
/// @param explanation one sentence for a reader
public record Convergence(boolean converged, double growth, double tolerance, String explanation) {}
