package dev.mneme.engine.vector.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Makes one copy of a kernel class for each vector width.
///
/// The compiler turns vector operations into instructions only where the species is a constant,
/// that is, a `static final` field. So that one source serves all widths, each kernel class is a
/// template: it is defined again as a hidden class that receives its width as class data, and its
/// static initializer reads the species from there.
final class Specialization {
  private Specialization() {}

  /// Defines a copy of `template` for vectors of `bits` bits and makes one instance of it.
  static <T> T of(Class<T> interfaceType, Class<? extends T> template, int bits) {
    String file = template.getSimpleName() + ".class";
    try (InputStream in = template.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the class file of " + template.getName() + " is missing");
      }
      MethodHandles.Lookup lookup =
          MethodHandles.lookup().defineHiddenClassWithClassData(in.readAllBytes(), bits, true);
      Class<?> specialized = lookup.lookupClass();
      var constructor = specialized.getDeclaredConstructor();
      constructor.setAccessible(true);
      return interfaceType.cast(constructor.newInstance());
    } catch (IOException | ReflectiveOperationException e) {
      throw new IllegalStateException(
          "cannot make " + template.getName() + " for " + bits + " bits", e);
    }
  }

  /// The species that the class behind `lookup` was specialized for.
  static VectorSpecies<Float> floatSpecies(MethodHandles.Lookup lookup) {
    try {
      Integer bits = MethodHandles.classData(lookup, ConstantDescs.DEFAULT_NAME, Integer.class);
      return switch (bits == null ? 0 : bits) {
        case 128 -> FloatVector.SPECIES_128;
        case 256 -> FloatVector.SPECIES_256;
        case 512 -> FloatVector.SPECIES_512;
        default -> throw new IllegalStateException("no species has " + bits + " bits");
      };
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("a kernel must read its own class data", e);
    }
  }
}
