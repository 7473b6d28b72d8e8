package dev.mneme.measure;

/// Whether the peak over data set sizes is enclosed: at least one smaller and two larger sizes were
/// measured, and the two next larger ones lie within 5% of the peak or below it.
///
/// @param enclosed whether all of that holds
/// @param smaller sizes measured below the peak
/// @param larger sizes measured above the peak
/// @param explanation one sentence for a reader
public record Plateau(boolean enclosed, int smaller, int larger, String explanation) {}
