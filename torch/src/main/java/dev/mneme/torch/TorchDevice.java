package dev.mneme.torch;

import dev.mneme.model.InvalidConfigurationException;
import dev.mneme.model.InvalidConfigurationException.Problem;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where tensors lie and are computed with.
///
/// @param kind processor or graphics card
/// @param index which card, from 0; 0 for the processor
public record TorchDevice(Kind kind, int index) {
  /// What devices there are.
  public enum Kind {
    CPU,
    CUDA
  }

  /// The processor.
  public static final TorchDevice CPU = new TorchDevice(Kind.CPU, 0);

  private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,2}))?");

  /// Reads `cpu`, `cuda` (the first card) or `cuda:n`.
  ///
  /// @throws InvalidConfigurationException where the text is none of these
  public static TorchDevice parse(String text) {
    if (text.equals("cpu")) {
      return CPU;
    }
    Matcher cuda = CUDA.matcher(text);
    if (!cuda.matches()) {
      throw new InvalidConfigurationException(
          List.of(
              new Problem(
                  "device",
                  text,
                  "cpu, cuda or cuda:n with n from 0",
                  "cuda is the first graphics card, cuda:1 the second.")));
    }
    return new TorchDevice(Kind.CUDA, cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1)));
  }

  @Override
  public String toString() {
    return kind == Kind.CPU ? "cpu" : "cuda:" + index;
  }
}
