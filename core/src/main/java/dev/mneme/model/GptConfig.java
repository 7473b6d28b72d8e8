package dev.mneme.model;

import dev.mneme.model.InvalidConfigurationException.Problem;
import dev.mneme.unit.ParameterCount;
import java.util.ArrayList;
import java.util.List;

/// The shape of a GPT-2 style model: learned positions, LayerNorm before each block (ε 1e-5), GELU
/// in its tanh form, biases everywhere except in the head.
///
/// The input starts with a begin-of-sequence symbol (BOS), an extra embedding row that is never an
/// output class, so that all `contextLength` positions are predicted and counted.
///
/// @param layers number of transformer blocks, 1 to 256
/// @param width d_model, 1 to 16384
/// @param heads attention heads; divides `width`
/// @param vocabularySize output classes, 2 to 1,048,576; never padded
/// @param contextLength positions, 1 to 65,536
/// @param tiedHead whether the head shares the token embedding
public record GptConfig(
    int layers, int width, int heads, int vocabularySize, int contextLength, boolean tiedHead) {

  /// Added to the variance in every LayerNorm.
  public static final double LAYER_NORM_EPSILON = 1e-5;

  /// @throws InvalidConfigurationException naming every field that is out of range
  public GptConfig {
    List<Problem> problems = new ArrayList<>();
    range(problems, "layers", layers, 1, 256, "The paper's shapes have 1 to 8 layers.");
    range(problems, "width", width, 1, 16_384, "The paper's shapes are 32 to 256 wide.");
    range(problems, "heads", heads, 1, 16_384, "One head for every 64 of width is usual.");
    range(
        problems,
        "vocabulary",
        vocabularySize,
        2,
        1 << 20,
        "A vocabulary of 1 carries no information; the paper uses 2048.");
    range(problems, "sequence length", contextLength, 1, 1 << 16, "The paper uses 64.");
    if (heads >= 1 && width >= 1 && width % heads != 0) {
      problems.add(
          new Problem(
              "heads",
              heads + " with width " + width,
              "a divisor of the width",
              "Choose heads so that width / heads is a whole number, such as --heads "
                  + usualHeads(width)
                  + "."));
    }
    if (!problems.isEmpty()) {
      throw new InvalidConfigurationException(problems);
    }
  }

  /// A tied model with one head for every 64 of width, `max(1, width / 64)`, or the nearest smaller
  /// number of heads that divides the width.
  public static GptConfig of(int layers, int width, int vocabularySize, int contextLength) {
    return new GptConfig(layers, width, usualHeads(width), vocabularySize, contextLength, true);
  }

  private static int usualHeads(int width) {
    int heads = Math.max(1, width / 64);
    while (width % heads != 0) {
      heads--;
    }
    return heads;
  }

  private static void range(
      List<Problem> problems, String field, int given, int least, int most, String hint) {
    if (given < least || given > most) {
      problems.add(new Problem(field, String.valueOf(given), least + " to " + most, hint));
    }
  }

  /// Width of one attention head.
  public int headWidth() {
    return width / heads;
  }

  /// Width of the hidden layer of each feed-forward block, 4 · width.
  public int feedForwardWidth() {
    return 4 * width;
  }

  /// The number of trainable parameters, see [ParameterCount].
  public ParameterCount parameterCount() {
    return ParameterLayout.of(this).parameterCount();
  }
}
