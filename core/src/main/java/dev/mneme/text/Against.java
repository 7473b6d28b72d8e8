package dev.mneme.text;

import dev.mneme.measure.UnintendedMemorization;

/// A model beside a reference model.
///
/// @param training on the training set
/// @param heldOut on the test sequences, which the model never saw: its clipped figure is the noise
///   floor
public record Against(UnintendedMemorization training, UnintendedMemorization heldOut) {}
