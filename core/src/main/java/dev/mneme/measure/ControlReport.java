package dev.mneme.measure;

/// The outcome of one control.
///
/// @param name short, such as `fresh data`
/// @param passed whether the figure is as it must be
/// @param explanation one sentence with the figure and its bound
public record ControlReport(String name, boolean passed, String explanation) {}
