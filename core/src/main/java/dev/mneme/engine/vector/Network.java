package dev.mneme.engine.vector;

import dev.mneme.data.TokenBatch;
import java.util.List;

/// The layers of a model in the order in which activations go through them.
record Network(Embedding embedding, List<Block> blocks, LayerNorm finalNorm, Head head) {
  Network {
    blocks = List.copyOf(blocks);
  }

  /// Runs embedding and blocks over some sequences of a batch.
  void forwardToBlocks(TokenBatch batch, int first, int sequences, Activations activations) {
    embedding.forward(batch, first, sequences, activations);
    for (int layer = 0; layer < blocks.size(); layer++) {
      blocks.get(layer).forward(activations, activations.saved(layer), sequences);
    }
  }

  /// The same, and the final norm.
  void forward(TokenBatch batch, int first, int sequences, Activations activations) {
    forwardToBlocks(batch, first, sequences, activations);
    finalNorm.forward(
        activations.rows(sequences),
        activations.residual(),
        activations.finalUnit(),
        activations.finalDeviation(),
        activations.finalOut());
  }

  /// Renews transposes after the weights have changed.
  void weightsChanged() {
    blocks.forEach(Block::weightsChanged);
    head.weightsChanged();
  }
}
