/// The Mneme library: trains small GPT-style models and measures, in bits, what they remember.
@org.jspecify.annotations.NullMarked
module dev.mneme.core {
  requires jdk.incubator.vector;
  requires transitive org.jspecify;
  requires org.slf4j;
  requires tools.jackson.databind;
  requires hipparchus.core;
  requires hipparchus.stat;
  requires hipparchus.optim;
  requires java.management;
  requires java.sql;
  requires duckdb.jdbc;
  requires de.siegmar.fastcsv;
  requires com.dynatrace.hash4j;
  requires com.github.luben.zstd_jni;
  requires jtokkit;
  requires static ai.djl.api;
  requires static ai.djl.tokenizers;

  exports dev.mneme.unit;
  exports dev.mneme.random;
  exports dev.mneme.data;
  exports dev.mneme.data.corpus;
  exports dev.mneme.data.text;
  exports dev.mneme.data.tokenizer;
  exports dev.mneme.model;
  exports dev.mneme.model.checkpoint;
  exports dev.mneme.model.quantization;
  exports dev.mneme.engine;
  exports dev.mneme.engine.vector;
  exports dev.mneme.engine.vector.kernel;
  exports dev.mneme.engine.reference;
  exports dev.mneme.training;
  exports dev.mneme.measure;
  exports dev.mneme.attack;
  exports dev.mneme.law;
  exports dev.mneme.experiment;
  exports dev.mneme.store;
  exports dev.mneme.text;

  uses dev.mneme.experiment.EngineProvider;
  uses dev.mneme.experiment.ExecutorProvider;

  opens dev.mneme.training to
      tools.jackson.databind; // the description of a checkpoint is not public
}
