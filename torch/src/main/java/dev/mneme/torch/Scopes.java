package dev.mneme.torch;

import java.util.Objects;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// Scopes of native memory.
final class Scopes {
  private Scopes() {}

  /// The result of some operations, handed to the scope around; what they made on the way is given
  /// back, but for what differentiation needs.
  static Tensor keepingOnly(Supplier<Tensor> operations) {
    PointerScope around =
        Objects.requireNonNull(PointerScope.getInnerScope(), "there must be a scope around");
    try (PointerScope scope = new PointerScope()) {
      Tensor result = operations.get();
      around.attach(result);
      return result;
    }
  }
}
