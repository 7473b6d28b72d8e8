package dev.mneme.app.config;

/// What somebody set, and where.
///
/// @param text as it was read
/// @param source for messages, such as `--width` or `run.yaml line 3: width`
public record Value(String text, String source) {}
