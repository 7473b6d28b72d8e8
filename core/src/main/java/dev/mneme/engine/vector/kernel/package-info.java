/// Single-threaded kernels on panel matrices: matrix products
/// ([dev.mneme.engine.vector.kernel.Gemm]), row operations and soft-max, each compiled once for
/// every vector width ([dev.mneme.engine.vector.kernel.VectorWidth]). Kernels check nothing; the
/// engine above them does.
package dev.mneme.engine.vector.kernel;
