/// What a model is: its shape ([dev.mneme.model.GptConfig]), where its parameters lie
/// ([dev.mneme.model.ParameterLayout]) and how they start ([dev.mneme.model.Initialization]).
package dev.mneme.model;
