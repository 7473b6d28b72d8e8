package dev.mneme.torch;

import dev.mneme.engine.Muon;
import dev.mneme.engine.OptimizerStep;
import dev.mneme.model.ParameterLayout;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/// The step that [Muon] defines; the momentum of matrices lies in the first moment.
final class MuonUpdate {
  /// Below the norm of any momentum but that of zeros, which stay zeros.
  private static final double LEAST_NORM = Float.MIN_NORMAL;

  private MuonUpdate() {}

  static void apply(OptimizerStep step, Muon settings, Parameters parameters) {
    for (ParameterLayout.Tensor tensor : parameters.layout().tensors()) {
      if (Muon.isMatrix(tensor)) {
        updateMatrix(step, settings, parameters, tensor);
      } else {
        AdamWUpdate.apply(
            settings.adamWStep(step, tensor),
            parameters,
            (long) tensor.offset() * parameters.models(),
            (long) (tensor.offset() + tensor.size()) * parameters.models());
      }
    }
  }

  private static void updateMatrix(
      OptimizerStep step, Muon settings, Parameters parameters, ParameterLayout.Tensor tensor) {
    try (PointerScope scope = new PointerScope()) {
      Scalar momentum = new Scalar(settings.momentum());
      Tensor g = parameters.part(parameters.gradient(), tensor);
      Tensor m = parameters.part(parameters.firstMoment(), tensor);
      Tensor w = parameters.part(parameters.values(), tensor);
      m.mul_(momentum).add_(g);
      Tensor orthogonal = orthogonal(g.add(m, momentum));
      double rate = step.learningRate();
      w.mul_(new Scalar(1 - rate * settings.adamW().weightDecay()))
          .add_(orthogonal, new Scalar(-rate * settings.factor(tensor)));
    }
  }

  /// `d / ‖d‖` of each matrix of `[M][r][c]` after the rounds that [Muon] describes. Belongs to the
  /// caller's scope.
  static Tensor orthogonal(Tensor d) {
    boolean tall = d.size(1) >= d.size(2);
    Tensor norm =
        d.square()
            .sum(new long[] {1, 2}, true, new ScalarTypeOptional())
            .sqrt_()
            .clamp_min_(new Scalar(LEAST_NORM));
    Tensor x = tall ? d.div(norm) : d.div(norm).transpose(1, 2);
    for (int round = 0; round < Muon.ITERATIONS; round++) {
      Tensor gram = x.transpose(1, 2).bmm(x);
      Tensor polynomial =
          gram.bmm(gram).mul_(new Scalar(Muon.QUINTIC)).add_(gram, new Scalar(Muon.CUBIC));
      x = x.bmm(polynomial).add_(x, new Scalar(Muon.LINEAR));
    }
    return tall ? x : x.transpose(1, 2);
  }
}
