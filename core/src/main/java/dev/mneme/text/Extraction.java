package dev.mneme.text;

import dev.mneme.data.*;
import dev.mneme.engine.TrainableModel;
import java.util.*;

record Extraction(List<Integer> reproduced) {
  static Extraction of(TrainableModel model, TokenDataset data, int prefix) {
    List<Integer> all = new ArrayList<>();
    int v = model.config().vocabularySize();
    for (int i = 0; i < data.count(); i++) {
      double[] logits = model.logits(TokenBatch.range(data, i, i + 1));
      int n = 0;
      for (int t = prefix; t < data.sequenceLength(); t++, n++) {
        int best = 0;
        for (int c = 1; c < v; c++) {
          if (logits[t * v + c] > logits[t * v + best]) {
            best = c;
          }
        }
        if (best != data.token(i, t)) {
          break;
        }
      }
      all.add(n);
    }
    return new Extraction(all);
  }
}
