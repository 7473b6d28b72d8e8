/// Trials, which are pure functions of their specification, and the searches built from them.
package dev.mneme.experiment;
