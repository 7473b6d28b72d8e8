package dev.mneme.measure;

import dev.mneme.data.TokenBatch;
import dev.mneme.data.TokenDataset;
import dev.mneme.engine.TrainableModel;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;

/// Compresses a data set with a model and decodes it without loss: the proof that a code length
/// `CL(x|θ) = Σ_t −log2 p(x_t | x_<t, θ)` (Morris et al., arXiv 2505.24832, section 2) is a real
/// size.
///
/// Sequences are coded in chunks, position by position through all sequences of a chunk. The decoder
/// knows at position t the tokens before t of every sequence, and gives the model 0 for the others:
/// row t of [TrainableModel#logits] does not depend on them. It calls the model S times a chunk,
/// so decoding takes S times as long as encoding.
///
/// Decoding needs the very arithmetic that encoded: same parameters, same engine identity. Precision
/// ends at probability 2^-48, see [SymbolDistribution].
public final class ModelCompressor {
  /// Logits held at once, in numbers; part of the format, because it sets the size of a chunk.
  private static final int CHUNK_LOGITS = 1 << 21;

  private final TrainableModel model;

  /// @param model used by one thread at a time, like this compressor
  public ModelCompressor(TrainableModel model) {
    this.model = model;
  }

  /// Compresses a data set.
  ///
  /// @throws IllegalArgumentException where it does not fit the model
  public CompressedTokens compress(TokenDataset data) {
    int vocabulary = data.vocabularySize();
    int length = data.sequenceLength();
    checkFits(vocabulary, length);
    int chunk = chunkSize(vocabulary, length);
    ArithmeticCoder.Encoder encoder = new ArithmeticCoder.Encoder();
    for (int from = 0; from < data.count(); from += chunk) {
      int to = Math.min(data.count(), from + chunk);
      double[] logits = logits(TokenBatch.range(data, from, to));
      for (int position = 0; position < length; position++) {
        for (int index = from; index < to; index++) {
          int row = ((index - from) * length + position) * vocabulary;
          encoder.encode(
              SymbolDistribution.ofLogits(logits, row, vocabulary), data.token(index, position));
        }
      }
    }
    return new CompressedTokens(
        vocabulary, length, data.count(), checksum(data), encoder.finish());
  }

  /// Decodes a data set; each position is predicted from the tokens already decoded.
  ///
  /// @throws DamagedStreamException where the stream is damaged or was made by another model
  public TokenDataset decompress(CompressedTokens compressed) {
    int vocabulary = compressed.vocabularySize();
    int length = compressed.sequenceLength();
    if (vocabulary != model.config().vocabularySize() || length > model.config().contextLength()) {
      throw new DamagedStreamException(mismatch(vocabulary, length));
    }
    if ((long) compressed.count() * length > Integer.MAX_VALUE - 8) {
      throw new DamagedStreamException(
          "the header promises " + compressed.count() + " sequences of " + length
              + " tokens, more than fit into memory");
    }
    int chunk = chunkSize(vocabulary, length);
    ArithmeticCoder.Decoder decoder = new ArithmeticCoder.Decoder(compressed.stream());
    int[] tokens = new int[0]; // grows with what was decoded, not with what a header promises
    for (int from = 0; from < compressed.count(); from += chunk) {
      int size = Math.min(chunk, compressed.count() - from);
      int[] decoded = decodeChunk(decoder, size, vocabulary, length);
      int start = from * length;
      if (start + decoded.length > tokens.length) {
        long doubled = Math.max(2L * tokens.length, start + (long) decoded.length);
        tokens =
            Arrays.copyOf(tokens, (int) Math.min(doubled, (long) compressed.count() * length));
      }
      System.arraycopy(decoded, 0, tokens, start, decoded.length);
    }
    decoder.finish();
    TokenDataset data = TokenDataset.of(vocabulary, length, tokens);
    if (checksum(data) != compressed.checksum()) {
      throw new DamagedStreamException(
          "the decoded tokens do not match their checksum: the stream is damaged, or another model or"
              + " engine made it");
    }
    return data;
  }

  private int[] decodeChunk(
      ArithmeticCoder.Decoder decoder, int size, int vocabulary, int length) {
    int[] tokens = new int[size * length];
    for (int position = 0; position < length; position++) {
      double[] logits =
          logits(TokenBatch.all(TokenDataset.of(vocabulary, length, tokens)));
      for (int index = 0; index < size; index++) {
        int place = index * length + position;
        tokens[place] =
            decoder.decode(SymbolDistribution.ofLogits(logits, place * vocabulary, vocabulary));
      }
    }
    return tokens;
  }

  private double[] logits(TokenBatch batch) {
    double[] logits = model.logits(batch);
    long expected = batch.positions() * batch.data().vocabularySize();
    if (logits.length != expected) {
      throw new IllegalStateException(
          "the model returned " + logits.length + " logits where " + expected + " belong to the batch");
    }
    return logits;
  }

  private void checkFits(int vocabulary, int length) {
    if (vocabulary != model.config().vocabularySize() || length > model.config().contextLength()) {
      throw new IllegalArgumentException(mismatch(vocabulary, length));
    }
  }

  private String mismatch(int vocabulary, int length) {
    return "sequences of " + length + " tokens over a vocabulary of " + vocabulary
        + " do not fit a model with a context of " + model.config().contextLength()
        + " and a vocabulary of " + model.config().vocabularySize();
  }

  private static int chunkSize(int vocabulary, int length) {
    long logitsPerSequence = (long) vocabulary * length;
    if (logitsPerSequence > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "one sequence has " + logitsPerSequence + " logits, more than an array holds");
    }
    return (int) Math.max(1, CHUNK_LOGITS / logitsPerSequence);
  }

  private static int checksum(TokenDataset data) {
    CRC32 checksum = new CRC32();
    checksum.update(
        ByteBuffer.allocate(3 * Integer.BYTES)
            .putInt(data.vocabularySize())
            .putInt(data.sequenceLength())
            .putInt(data.count())
            .array());
    ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES * data.sequenceLength());
    for (int index = 0; index < data.count(); index++) {
      buffer.clear();
      buffer.asIntBuffer().put(data.sequence(index));
      checksum.update(buffer.array());
    }
    return (int) checksum.getValue();
  }
}
