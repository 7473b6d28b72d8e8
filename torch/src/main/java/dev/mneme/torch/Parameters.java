package dev.mneme.torch;

import dev.mneme.engine.ModelState;
import dev.mneme.model.ParameterLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// What a model keeps between calls: weights, gradient and moments, each as one flat tensor in the
/// order of [ParameterLayout], so that the optimizer is a handful of operations whatever the number
/// of layers. The network sees views of the weights; automatic differentiation adds to the gradient
/// through views as well.
final class Parameters implements AutoCloseable {
  private final ParameterLayout layout;
  private final Transfer transfer;
  private final Tensor values;
  private final Tensor gradient;
  private final Tensor firstMoment;
  private final Tensor secondMoment;
  private final Map<String, Tensor> views = new HashMap<>();

  Parameters(ParameterLayout layout, Transfer transfer) {
    this.layout = layout;
    this.transfer = transfer;
    try (PointerScope scope = new PointerScope()) {
      this.values = kept(transfer.zeros(layout.size()));
      this.gradient = kept(transfer.zeros(layout.size()));
      this.firstMoment = kept(transfer.zeros(layout.size()));
      this.secondMoment = kept(transfer.zeros(layout.size()));
      for (ParameterLayout.Tensor tensor : layout.tensors()) {
        Tensor view = kept(part(values, tensor).detach().set_requires_grad(true));
        view.mutable_grad().put(part(gradient, tensor));
        views.put(tensor.name(), view);
      }
    }
  }

  /// Outlives the scope it was made in, until it is closed.
  private static <P extends Pointer> P kept(P pointer) {
    pointer.retainReference();
    return pointer;
  }

  /// The entries of one tensor in a flat one, in that tensor's shape. Belongs to the caller's
  /// scope.
  static Tensor part(Tensor flat, ParameterLayout.Tensor tensor) {
    return flat.narrow(0, tensor.offset(), tensor.size())
        .view(tensor.shape().stream().mapToLong(Integer::longValue).toArray());
  }

  ParameterLayout layout() {
    return layout;
  }

  /// A tensor of the network by its name; differentiation goes as far as here.
  Tensor view(String name) {
    Tensor view = views.get(name);
    if (view == null) {
      throw new IllegalArgumentException("no tensor is named " + name);
    }
    return view;
  }

  Tensor values() {
    return values;
  }

  Tensor gradient() {
    return gradient;
  }

  Tensor firstMoment() {
    return firstMoment;
  }

  Tensor secondMoment() {
    return secondMoment;
  }

  double[] gradientValues() {
    return transfer.read(gradient);
  }

  ModelState state() {
    return new ModelState(
        transfer.read(values), transfer.read(firstMoment), transfer.read(secondMoment));
  }

  void restore(ModelState state) {
    transfer.write(state.parameters(), values);
    transfer.write(state.firstMoment(), firstMoment);
    transfer.write(state.secondMoment(), secondMoment);
  }

  @Override
  public void close() {
    views.values().forEach(Tensor::close);
    List.of(values, gradient, firstMoment, secondMoment).forEach(Tensor::close);
  }
}
