package dev.mneme.engine.vector;

import dev.mneme.data.TokenBatch;
import dev.mneme.engine.vector.PanelLayout.Segment;
import dev.mneme.engine.vector.kernel.Gemm.Operand;
import dev.mneme.engine.vector.kernel.VectorWidth;
import java.util.Arrays;

/// Token, position and begin-of-sequence embeddings: row t of a sequence is the sum of position t
/// and of token t−1, or of BOS for t = 0.
final class Embedding {
  private final int panelWidth;
  private final int panels;
  private final float[] parameters;
  private final float[] gradient;
  private final Segment tokens;
  private final Segment positions;
  private final Segment bos;

  Embedding(VectorWidth width, PanelLayout layout, float[] parameters, float[] gradient) {
    this.panelWidth = width.panelWidth();
    this.tokens = layout.segment("wte.weight");
    this.positions = layout.segment("wpe.weight");
    this.bos = layout.segment("bos.weight");
    this.panels = tokens.panels();
    this.parameters = parameters;
    this.gradient = gradient;
  }

  /// Fills the residual stream and the targets for some sequences of a batch.
  void forward(TokenBatch batch, int firstSequence, int sequences, Activations activations) {
    int length = batch.data().sequenceLength();
    Arrays.fill(activations.targets(), -1);
    Arrays.fill(activations.residual().data(), 0);
    for (int sequence = 0; sequence < sequences; sequence++) {
      int index = batch.indices()[firstSequence + sequence];
      for (int t = 0; t < length; t++) {
        int row = activations.rows(sequence) + t;
        activations.targets()[row] = batch.data().token(index, t);
        add(t, t == 0 ? 0 : batch.data().token(index, t - 1), activations.residual(), row);
      }
    }
  }

  /// Adds the embedding of position t to a row of zeros.
  ///
  /// @param previous token before t; of no account at t = 0, where BOS stands
  void add(int t, int previous, Operand target, int row) {
    if (t == 0) {
      addRow(bos, 0, target, row);
    } else {
      addRow(tokens, previous, target, row);
    }
    addRow(positions, t, target, row);
  }

  /// Adds the gradient of the residual stream to those of the embeddings.
  void backward(TokenBatch batch, int firstSequence, int sequences, Activations activations) {
    int length = batch.data().sequenceLength();
    for (int sequence = 0; sequence < sequences; sequence++) {
      int index = batch.indices()[firstSequence + sequence];
      for (int t = 0; t < length; t++) {
        int row = activations.rows(sequence) + t;
        addGradient(activations.dResidual(), row, tokenSegment(t), tokenRow(batch, index, t));
        addGradient(activations.dResidual(), row, positions, t);
      }
    }
  }

  private Segment tokenSegment(int t) {
    return t == 0 ? bos : tokens;
  }

  private static int tokenRow(TokenBatch batch, int index, int t) {
    return t == 0 ? 0 : batch.data().token(index, t - 1);
  }

  private void addRow(Segment segment, int segmentRow, Operand target, int row) {
    for (int panel = 0; panel < panels; panel++) {
      int from = segment.offset() + panel * segment.panelStride() + segmentRow * panelWidth;
      int to = target.offset() + panel * target.panelStride() + row * panelWidth;
      for (int i = 0; i < panelWidth; i++) {
        target.data()[to + i] += parameters[from + i];
      }
    }
  }

  private void addGradient(Operand source, int row, Segment segment, int segmentRow) {
    for (int panel = 0; panel < panels; panel++) {
      int from = source.offset() + panel * source.panelStride() + row * panelWidth;
      int to = segment.offset() + panel * segment.panelStride() + segmentRow * panelWidth;
      for (int i = 0; i < panelWidth; i++) {
        gradient[to + i] += source.data()[from + i];
      }
    }
  }
}
