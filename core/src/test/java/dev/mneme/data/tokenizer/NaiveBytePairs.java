package dev.mneme.data.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Byte pair encoding by its definition: join the neighbours whose union has the lowest rank until
/// there are none. Byte strings are held as Latin-1.
final class NaiveBytePairs {
  private final Map<String, Integer> ranks = new HashMap<>();

  NaiveBytePairs(Gpt2Tokenizer vocabulary, int count) {
    for (int rank = 0; rank < count; rank++) {
      ranks.put(new String(vocabulary.decode(rank), StandardCharsets.ISO_8859_1), rank);
    }
  }

  /// The tokens of one piece with the first `size` ranks.
  List<String> parts(String piece, int size) {
    List<String> parts = new ArrayList<>(piece.chars().mapToObj(Character::toString).toList());
    while (true) {
      int best = size;
      int at = -1;
      for (int i = 0; i + 1 < parts.size(); i++) {
        int rank = ranks.getOrDefault(parts.get(i) + parts.get(i + 1), size);
        if (rank < best) {
          best = rank;
          at = i;
        }
      }
      if (at < 0) {
        return parts;
      }
      parts.set(at, parts.get(at) + parts.remove(at + 1));
    }
  }

  int rank(String token) {
    return ranks.get(token);
  }

  int count() {
    return ranks.size();
  }
}
