package dev.mneme.unit;

/// How many numbers a model can train, stated in full.
///
/// @param total every trainable number: a tied embedding once, position embeddings and biases
///   included, the row of the begin-of-sequence symbol excluded (it is used at position 0 only,
///   where the position embedding already gives the same freedom)
/// @param withoutEmbeddings the same without token embedding, position embedding and untied head
public record ParameterCount(long total, long withoutEmbeddings) {
  public ParameterCount {
    if (total < 1 || withoutEmbeddings < 0 || withoutEmbeddings > total) {
      throw new IllegalArgumentException(
          "parameter counts must satisfy 0 <= withoutEmbeddings <= total and total >= 1, but were "
              + withoutEmbeddings
              + " and "
              + total);
    }
  }
}
