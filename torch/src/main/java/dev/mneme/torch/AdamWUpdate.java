package dev.mneme.torch;

import dev.mneme.engine.AdamW;
import dev.mneme.engine.OptimizerStep;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/// The step that [AdamW] defines, in place on parts of the flat tensors. libtorch's own fused step
/// is not among the functions that its Java binding offers.
final class AdamWUpdate {
  /// Entries at a time: what is worked on stays in cache.
  private static final int AT_ONCE = 1 << 16;

  private AdamWUpdate() {}

  /// Updates entries `[from, to)` of parameters and moments.
  static void apply(OptimizerStep step, Parameters parameters, long from, long to) {
    AdamW settings = step.optimizer().adamW();
    double correction1 = 1 - StrictMath.pow(settings.beta1(), step.number()); // 1 − β1^t
    double correction2 = 1 - StrictMath.pow(settings.beta2(), step.number()); // 1 − β2^t
    double rate = step.learningRate();
    try (PointerScope scope = new PointerScope()) {
      Scalar beta1 = new Scalar(settings.beta1());
      Scalar beta2 = new Scalar(settings.beta2());
      Scalar rest1 = new Scalar(1 - settings.beta1());
      Scalar rest2 = new Scalar(1 - settings.beta2());
      Scalar scale2 = new Scalar(1 / correction2);
      Scalar epsilon = new Scalar(settings.epsilon());
      Scalar keep = new Scalar(1 - rate * settings.weightDecay());
      Scalar descent = new Scalar(-rate / correction1);
      for (long first = from; first < to; first += AT_ONCE) {
        long count = Math.min(AT_ONCE, to - first);
        Tensor g = parameters.gradient().narrow(0, first, count);
        Tensor m = parameters.firstMoment().narrow(0, first, count);
        Tensor v = parameters.secondMoment().narrow(0, first, count);
        Tensor w = parameters.values().narrow(0, first, count);
        m.mul_(beta1).add_(g, rest1);
        v.mul_(beta2).addcmul_(g, g, rest2);
        Tensor deviation = v.mul(scale2).sqrt_().add_(epsilon);
        w.mul_(keep).addcdiv_(m, deviation, descent);
      }
    }
  }
}
