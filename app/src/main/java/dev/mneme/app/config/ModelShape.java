package dev.mneme.app.config;

import dev.mneme.model.GptConfig;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Layers, width and perhaps heads of a model, written `2x128` or `2x128x4`.
///
/// @param layers as given; ranges are checked by [GptConfig]
/// @param width as given
/// @param heads as given; one for every 64 of width where absent
public record ModelShape(int layers, int width, OptionalInt heads) {
  private static final Pattern SHAPE =
      Pattern.compile("(\\d{1,9})[xX×](\\d{1,9})(?:[xX×](\\d{1,9}))?");

  /// Reads a shape.
  ///
  /// @throws IllegalArgumentException for any other text
  public static ModelShape parse(String text) {
    Matcher match = SHAPE.matcher(text.strip());
    if (!match.matches()) {
      throw new IllegalArgumentException(text);
    }
    return new ModelShape(
        Integer.parseInt(match.group(1)),
        Integer.parseInt(match.group(2)),
        match.group(3) == null
            ? OptionalInt.empty()
            : OptionalInt.of(Integer.parseInt(match.group(3))));
  }

  /// The model of this shape.
  ///
  /// @throws dev.mneme.model.InvalidConfigurationException naming every field that is out of range
  public GptConfig model(int vocabularySize, int sequenceLength) {
    if (heads.isEmpty() && width >= 1) {
      return GptConfig.of(layers, width, vocabularySize, sequenceLength);
    }
    return new GptConfig(layers, width, heads.orElse(1), vocabularySize, sequenceLength, true);
  }

  @Override
  public String toString() {
    return layers + "x" + width + (heads.isPresent() ? "x" + heads.getAsInt() : "");
  }
}
