package dev.mneme.app.report;

import dev.mneme.app.output.Numbers;
import dev.mneme.engine.AdamW;
import dev.mneme.engine.Muon;
import dev.mneme.engine.Optimizer;

/// An optimizer in words, with everything that decides its steps but the learning rate.
public final class OptimizerWords {
  private OptimizerWords() {}

  public static String of(Optimizer optimizer) {
    return switch (optimizer) {
      case AdamW adamW -> "AdamW " + settings(adamW);
      case Muon muon ->
          "Muon (momentum "
              + Numbers.plain(muon.momentum())
              + ", scale "
              + Numbers.plain(muon.matrixScale())
              + "), AdamW for embeddings at "
              + Numbers.plain(muon.embeddingRate())
              + " times the rate and for vectors, "
              + settings(muon.adamW());
    };
  }

  private static String settings(AdamW adamW) {
    String text =
        "β1 "
            + Numbers.plain(adamW.beta1())
            + ", β2 "
            + Numbers.plain(adamW.beta2())
            + ", ε "
            + Numbers.plain(adamW.epsilon());
    return adamW.weightDecay() == 0
        ? text
        : text + ", weight decay " + Numbers.plain(adamW.weightDecay());
  }
}
