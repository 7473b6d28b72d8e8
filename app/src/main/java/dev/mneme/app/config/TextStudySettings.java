package dev.mneme.app.config;

import dev.mneme.data.corpus.Corpus;
import dev.mneme.data.text.TextDatasetOptions;
import dev.mneme.data.tokenizer.Tokenizer;
import dev.mneme.model.GptConfig;
import dev.mneme.text.TextPlan;
import dev.mneme.training.TrainingPlan;
import java.util.List;
import java.util.Optional;

/// A study on text as its settings say, before the corpus was read.
///
/// @param name of the experiment
/// @param corpus to be read
/// @param tokenizer to cut with
/// @param options how sequences are made
/// @param models shapes
/// @param training plan of the models
/// @param oracles candidates
/// @param fullSize of the full set; the whole training split where empty
/// @param sizes below the full set; doublings where empty
/// @param testSize test sequences at most
/// @param referenceSize reference sequences at most
/// @param probed sequences attacked and completed at most
/// @param prefixes of completions, ascending
/// @param seeds of the models; the seed after them is that of the references
/// @param engine to train with, and where
/// @param threads trials at a time; as many as processors where empty
/// @param yaml all settings, as a configuration file
public record TextStudySettings(
    String name,
    Corpus corpus,
    Tokenizer tokenizer,
    TextDatasetOptions options,
    List<GptConfig> models,
    TrainingPlan training,
    List<TextPlan.Oracle> oracles,
    Optional<Integer> fullSize,
    List<Integer> sizes,
    int testSize,
    int referenceSize,
    int probed,
    List<Integer> prefixes,
    List<Long> seeds,
    EngineChoice engine,
    Optional<Integer> threads,
    String yaml) {}
