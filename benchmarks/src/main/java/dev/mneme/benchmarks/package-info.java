/// Speed of kernels and of whole trials, measured with JMH.
@org.jspecify.annotations.NullMarked
package dev.mneme.benchmarks;
