/// Units as types. Results are in bits, never a "loss" without its unit.
package dev.mneme.unit;
