package dev.mneme.store;

/// An experiment: a name for trials that belong together, and how they came to be.
///
/// @param name chosen by the user
/// @param kind what makes its trials, such as `grid` or `capacity`
/// @param description in words; may be empty
/// @param configuration the resolved configuration as text, such as YAML
public record ExperimentRecord(
    String name, String kind, String description, String configuration) {}
