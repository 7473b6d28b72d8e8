/// The seam between measurement and arithmetic. [dev.mneme.engine.Engine] makes
/// [dev.mneme.engine.TrainableModel]s; package `reference` is the specification in plain double
/// precision, package `vector` the fast one. Both pass one contract test.
///
/// In kernels, B is the number of sequences of a batch, T (or S) the positions of a sequence, C the
/// width of the model and V the vocabulary size.
package dev.mneme.engine;
