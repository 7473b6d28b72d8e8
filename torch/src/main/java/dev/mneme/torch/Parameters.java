package dev.mneme.torch;

import dev.mneme.engine.ModelState;
import dev.mneme.model.ParameterLayout;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// What models of one shape keep between calls: weights, gradient and moments, each as one flat
/// tensor in the order of [ParameterLayout], with every tensor of it for one model after the other.
/// So the optimizer is a handful of operations whatever the number of layers. The network sees
/// views of the weights; automatic differentiation adds to the gradient through views as well.
final class Parameters implements AutoCloseable {
  private final ParameterLayout layout;
  private final int models; // M
  private final Transfer transfer;
  private final Tensor values;
  private final Tensor gradient;
  private final Tensor firstMoment;
  private final Tensor secondMoment;
  private final Map<String, Tensor> views = new HashMap<>();

  /// @param models M, how many of them, at least 1
  Parameters(ParameterLayout layout, int models, Transfer transfer) {
    this.layout = layout;
    this.models = models;
    this.transfer = transfer;
    try (PointerScope scope = new PointerScope()) {
      this.values = kept(transfer.zeros(entries()));
      this.gradient = kept(transfer.zeros(entries()));
      this.firstMoment = kept(transfer.zeros(entries()));
      this.secondMoment = kept(transfer.zeros(entries()));
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

  /// The entries of one tensor in a flat one, of all models: `[M][rows][columns]`, or
  /// `[M][1][rows]` of vectors. Belongs to the caller's scope.
  Tensor part(Tensor flat, ParameterLayout.Tensor tensor) {
    return flat.narrow(0, (long) tensor.offset() * models, (long) tensor.size() * models)
        .view(models, tensor.columns() == 0 ? 1 : tensor.rows(), -1);
  }

  /// Entries of each flat tensor.
  long entries() {
    return (long) layout.size() * models;
  }

  int models() {
    return models;
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

  double[] gradientValues(int model) {
    return read(gradient, model);
  }

  ModelState state(int model) {
    return new ModelState(read(values, model), read(firstMoment, model), read(secondMoment, model));
  }

  void restore(int model, ModelState state) {
    write(state.parameters(), values, model);
    write(state.firstMoment(), firstMoment, model);
    write(state.secondMoment(), secondMoment, model);
  }

  private double[] read(Tensor flat, int model) {
    double[] all = new double[layout.size()];
    for (ParameterLayout.Tensor tensor : layout.tensors()) {
      try (PointerScope scope = new PointerScope()) {
        double[] part = transfer.read(part(flat, tensor).select(0, model).view(-1));
        System.arraycopy(part, 0, all, tensor.offset(), part.length);
      }
    }
    return all;
  }

  private void write(double[] all, Tensor flat, int model) {
    for (ParameterLayout.Tensor tensor : layout.tensors()) {
      try (PointerScope scope = new PointerScope()) {
        transfer.write(
            Arrays.copyOfRange(all, tensor.offset(), tensor.offset() + tensor.size()),
            part(flat, tensor).select(0, model).view(-1));
      }
    }
  }

  @Override
  public void close() {
    views.values().forEach(Tensor::close);
    List.of(values, gradient, firstMoment, secondMoment).forEach(Tensor::close);
  }
}
