package dev.mneme.app.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options of `mneme predict` as they were written. All are text, so that every mistake can be
/// named at once; [PredictReader] makes a question of them.
final class PredictOptions {
  @Option(
      names = "--parameters",
      paramLabel = "COUNT",
      description = "Trainable parameters of the model, such as 124M or 8B.")
  Optional<String> parameters = Optional.empty();

  @Option(
      names = "--config-json",
      paramLabel = "FILE",
      description =
          "Instead: a Hugging Face config.json of a GPT-2 or Llama-like model; parameters are"
              + " computed, V and S read from it.")
  Optional<Path> configJson = Optional.empty();

  @Option(
      names = "--model",
      paramLabel = "FOLDER",
      description = "Instead: a saved model or training checkpoint, as inspect reads them.")
  Optional<Path> model = Optional.empty();

  @Option(
      names = "--tokens",
      paramLabel = "COUNT",
      description = "Size of the training set in tokens, such as 15T.")
  Optional<String> tokens = Optional.empty();

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Instead: its size in samples of S tokens.")
  Optional<String> samples = Optional.empty();

  @Option(
      names = "--sequence-length",
      paramLabel = "S",
      description = "Tokens of a sample. Default: 64, or what the model reads.")
  Optional<String> sequenceLength = Optional.empty();

  @Option(
      names = "--vocabulary",
      paramLabel = "V",
      description = "Vocabulary. Default: 50257, or that of the model.")
  Optional<String> vocabulary = Optional.empty();

  @Option(
      names = "--alpha",
      paramLabel = "BITS",
      description =
          "Bits per parameter: a number, or LOW:VALUE:HIGH. Default: 3.51:3.64:3.83, as published.")
  Optional<String> alpha = Optional.empty();

  @Option(
      names = "--risk",
      paramLabel = "F1",
      description =
          "Say how large a model may be for these data so that F1 stays at or below this; above"
              + " 0.5, below 1. Needs no model.")
  Optional<String> risk = Optional.empty();

  @Option(
      names = "--compare",
      arity = "0..*",
      paramLabel = "NAME=PARAMETERS:TOKENS",
      description =
          "Show models side by side: any, or built-in ones by their name. Without a value, all"
              + " built-in ones.")
  List<String> compare = new ArrayList<>();
}
