package dev.mneme.app.chart;

import dev.mneme.text.TextReport;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Pictures of a study on text, by the names of their files without extension:
///
/// - `memorization`: unintended memorization against N, with its noise floor
/// - `double-descent`: loss on training and test text against N, with expected and observed peak
/// - `extraction`: exact completions against N; where any were tried
/// - `membership`: F1 of the attack on losses beside the published law; where any model was
///   attacked
/// - `compression`: compression rates of training and test samples
/// - `learning`: both losses over the steps; where held-out loss was kept
///
/// A report without models has no pictures.
public final class TextPictures {
  private TextPictures() {}

  /// All pictures as PNG.
  ///
  /// @throws IOException where this Java runtime cannot write PNG
  public static Map<String, byte[]> png(TextReport report) throws IOException {
    return all(report, PanelPicture::png);
  }

  /// All pictures as SVG.
  ///
  /// @throws IOException where they cannot be written
  public static Map<String, byte[]> svg(TextReport report) throws IOException {
    return all(report, PanelPicture::svg);
  }

  private interface Encoding {
    byte[] of(PanelPicture picture) throws IOException;
  }

  private static Map<String, byte[]> all(TextReport report, Encoding encoding) throws IOException {
    Map<String, Optional<PanelPicture>> pictures = new LinkedHashMap<>();
    if (!report.models().isEmpty()) {
      pictures.put("memorization", Optional.of(SizePictures.memorization(report)));
      pictures.put("double-descent", Optional.of(SizePictures.doubleDescent(report)));
      pictures.put("extraction", SizePictures.extraction(report));
      pictures.put("membership", MembershipPicture.of(report));
      pictures.put("compression", Optional.of(SamplePictures.compression(report)));
      pictures.put("learning", SamplePictures.learning(report));
    }
    Map<String, byte[]> bytes = new LinkedHashMap<>();
    for (Map.Entry<String, Optional<PanelPicture>> picture : pictures.entrySet()) {
      if (picture.getValue().isPresent()) {
        bytes.put(picture.getKey(), encoding.of(picture.getValue().get()));
      }
    }
    return bytes;
  }
}
