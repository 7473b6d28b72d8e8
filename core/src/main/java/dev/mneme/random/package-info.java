/// Random streams that are named, never shared: see [Seed#derive].
package dev.mneme.random;
