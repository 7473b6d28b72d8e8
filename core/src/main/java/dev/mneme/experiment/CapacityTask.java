package dev.mneme.experiment;

import dev.mneme.model.GptConfig;

/// One model whose capacity is looked for, and how.
public record CapacityTask(GptConfig model, CapacityPlan plan) {}
