package dev.mneme.text;

import dev.mneme.measure.DoubleDescent;
import dev.mneme.model.GptConfig;
import java.util.List;

/// One shape of model over all data set sizes.
///
/// @param model the shape
/// @param cells in ascending order of sizes, then in the order of the seeds
/// @param descent what test loss does over sizes, as means over seeds
public record TextModel(GptConfig model, List<TextCell> cells, DoubleDescent descent) {
  public TextModel {
    cells = List.copyOf(cells);
  }
}
