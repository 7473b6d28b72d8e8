/// Rounds the weights of trained models to few bits.
package dev.mneme.model.quantization;
