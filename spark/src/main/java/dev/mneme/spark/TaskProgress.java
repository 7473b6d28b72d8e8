package dev.mneme.spark;

import java.io.Serializable;

/// How far a task has come.
///
/// @param step optimizer steps done
/// @param trainedTokens positions trained on so far
/// @param bitsPerParameter estimate from recent batches; NaN before there is one
record TaskProgress(long step, long trainedTokens, double bitsPerParameter)
    implements Serializable {
  static final TaskProgress NONE = new TaskProgress(0, 0, Double.NaN);
}
