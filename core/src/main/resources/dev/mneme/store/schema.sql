-- The tables and views of a store, format version 3. Every column is explained in docs/store.md and,
-- with the same words, as a comment in the store itself.

CREATE TABLE store_format (
  version INTEGER NOT NULL,
  written_by VARCHAR NOT NULL
);
COMMENT ON TABLE store_format IS 'One row: which version of this layout the store has.';
COMMENT ON COLUMN store_format.version IS 'version of the layout';
COMMENT ON COLUMN store_format.written_by IS 'version of Mneme that made or last migrated the store';

CREATE TABLE trials (
  id VARCHAR PRIMARY KEY,
  number BIGINT NOT NULL,
  status VARCHAR NOT NULL CHECK (status IN ('finished', 'diverged', 'failed')),
  layers INTEGER NOT NULL,
  width INTEGER NOT NULL,
  heads INTEGER NOT NULL,
  vocabulary_size INTEGER NOT NULL,
  context_length INTEGER NOT NULL,
  tied_head BOOLEAN NOT NULL,
  parameters BIGINT NOT NULL,
  parameters_without_embeddings BIGINT NOT NULL,
  sequences INTEGER NOT NULL,
  seed BIGINT NOT NULL,
  steps BIGINT NOT NULL,
  batch_size INTEGER NOT NULL,
  learning_rate DOUBLE NOT NULL,
  warmup_share DOUBLE NOT NULL,
  flat_share DOUBLE NOT NULL,
  decay VARCHAR NOT NULL,
  beta1 DOUBLE NOT NULL,
  beta2 DOUBLE NOT NULL,
  epsilon DOUBLE NOT NULL,
  weight_decay DOUBLE NOT NULL,
  embedding_deviation DOUBLE NOT NULL,
  weight_deviation DOUBLE NOT NULL,
  planned_curve_points INTEGER NOT NULL,
  engine VARCHAR NOT NULL,
  numerics_version INTEGER NOT NULL,
  vector_bits INTEGER NOT NULL,
  precision VARCHAR NOT NULL,
  data_hash VARCHAR NOT NULL,
  mneme_version VARCHAR NOT NULL,
  java VARCHAR NOT NULL,
  operating_system VARCHAR NOT NULL,
  processor VARCHAR NOT NULL,
  seconds DOUBLE NOT NULL,
  trained_tokens BIGINT NOT NULL,
  tokens_per_second DOUBLE NOT NULL,
  entropy_bits DOUBLE,
  ceiling_bits DOUBLE,
  net_bits DOUBLE,
  clipped_bits DOUBLE,
  net_standard_error_bits DOUBLE,
  bits_per_parameter DOUBLE,
  share_of_ceiling DOUBLE,
  fresh_net_bits DOUBLE,
  fresh_clipped_bits DOUBLE,
  fresh_net_standard_error_bits DOUBLE,
  untrained_net_bits DOUBLE,
  untrained_clipped_bits DOUBLE,
  untrained_net_standard_error_bits DOUBLE,
  diverged_at_step BIGINT,
  reason VARCHAR,
  record VARCHAR NOT NULL,
  data_source VARCHAR DEFAULT 'random-tokens',
  corpus VARCHAR,
  tokenizer VARCHAR,
  optimizer VARCHAR DEFAULT 'adamw',
  momentum DOUBLE,
  matrix_scale DOUBLE,
  embedding_rate DOUBLE,
  core_seconds DOUBLE,
  operations DOUBLE
);
COMMENT ON TABLE trials IS 'One row per trial that ended.';
COMMENT ON COLUMN trials.id IS 'identity: SHA-256 over specification, data source and engine';
COMMENT ON COLUMN trials.number IS 'order in which trials were kept, counted from 1';
COMMENT ON COLUMN trials.status IS 'finished, diverged or failed';
COMMENT ON COLUMN trials.layers IS 'transformer blocks';
COMMENT ON COLUMN trials.width IS 'd_model';
COMMENT ON COLUMN trials.heads IS 'attention heads';
COMMENT ON COLUMN trials.vocabulary_size IS 'output classes, V';
COMMENT ON COLUMN trials.context_length IS 'tokens in a sequence, S; all of them are predicted';
COMMENT ON COLUMN trials.tied_head IS 'whether the head shares the token embedding';
COMMENT ON COLUMN trials.parameters IS 'all trainable numbers, without the row of the begin-of-sequence symbol';
COMMENT ON COLUMN trials.parameters_without_embeddings IS 'the same without token embedding, position embedding and untied head';
COMMENT ON COLUMN trials.sequences IS 'sequences in the training set, N';
COMMENT ON COLUMN trials.seed IS 'sets data, initialization and order';
COMMENT ON COLUMN trials.steps IS 'optimizer steps planned';
COMMENT ON COLUMN trials.batch_size IS 'sequences per step';
COMMENT ON COLUMN trials.learning_rate IS 'peak learning rate';
COMMENT ON COLUMN trials.warmup_share IS 'share of the steps in which the learning rate rises, 0 to 1';
COMMENT ON COLUMN trials.flat_share IS 'share of the steps at the peak, 0 to 1';
COMMENT ON COLUMN trials.decay IS 'how the learning rate falls to zero: LINEAR or COSINE';
COMMENT ON COLUMN trials.beta1 IS 'AdamW''s β1';
COMMENT ON COLUMN trials.beta2 IS 'AdamW''s β2';
COMMENT ON COLUMN trials.epsilon IS 'AdamW''s ε';
COMMENT ON COLUMN trials.weight_decay IS 'AdamW''s λ';
COMMENT ON COLUMN trials.embedding_deviation IS 'standard deviation of the initial embeddings';
COMMENT ON COLUMN trials.weight_deviation IS 'standard deviation of the initial weights';
COMMENT ON COLUMN trials.planned_curve_points IS 'how many times the training set was to be scored along the way';
COMMENT ON COLUMN trials.engine IS 'whose arithmetic: vector or reference';
COMMENT ON COLUMN trials.numerics_version IS 'version of the engine''s arithmetic';
COMMENT ON COLUMN trials.vector_bits IS 'width of the vectors, in bits';
COMMENT ON COLUMN trials.precision IS 'of weights and products: fp32 or fp64';
COMMENT ON COLUMN trials.data_hash IS 'hash of the training set''s content';
COMMENT ON COLUMN trials.mneme_version IS 'version of Mneme';
COMMENT ON COLUMN trials.java IS 'name and version of the Java runtime';
COMMENT ON COLUMN trials.operating_system IS 'name, version and architecture';
COMMENT ON COLUMN trials.processor IS 'model name and number of processors';
COMMENT ON COLUMN trials.seconds IS 'wall time, in seconds';
COMMENT ON COLUMN trials.trained_tokens IS 'positions trained on, in all steps together';
COMMENT ON COLUMN trials.tokens_per_second IS 'positions trained on per second of wall time, scoring included';
COMMENT ON COLUMN trials.entropy_bits IS 'N · S · log2 V, in bits; this and the other figures only of finished trials';
COMMENT ON COLUMN trials.ceiling_bits IS 'most that any model can remember of this training set, in bits';
COMMENT ON COLUMN trials.net_bits IS 'memorized: entropy less code length of the training set, in bits; on text, saved over the uniform code';
COMMENT ON COLUMN trials.clipped_bits IS 'the same with sequences that became longer counted as 0, in bits';
COMMENT ON COLUMN trials.net_standard_error_bits IS 'standard error of net_bits over sequences, in bits';
COMMENT ON COLUMN trials.bits_per_parameter IS 'net_bits / parameters; NULL on text, where part of the bits is understood';
COMMENT ON COLUMN trials.share_of_ceiling IS 'net_bits / ceiling_bits; NULL for a ceiling of 0';
COMMENT ON COLUMN trials.fresh_net_bits IS 'net_bits on fresh data of the same size, in bits; on text, of the held-out sequences';
COMMENT ON COLUMN trials.fresh_clipped_bits IS 'clipped_bits on fresh data, in bits: the noise floor';
COMMENT ON COLUMN trials.fresh_net_standard_error_bits IS 'standard error of fresh_net_bits, in bits';
COMMENT ON COLUMN trials.untrained_net_bits IS 'net_bits of the training set before the first step, in bits';
COMMENT ON COLUMN trials.untrained_clipped_bits IS 'clipped_bits before the first step, in bits';
COMMENT ON COLUMN trials.untrained_net_standard_error_bits IS 'standard error of untrained_net_bits, in bits';
COMMENT ON COLUMN trials.diverged_at_step IS 'step with the first value that was not finite; only of diverged trials';
COMMENT ON COLUMN trials.reason IS 'what happened, in words; only of diverged and failed trials';
COMMENT ON COLUMN trials.record IS 'the whole result as one line of JSON, as in trials.jsonl; results are read back from it, bit for bit';
COMMENT ON COLUMN trials.data_source IS 'random-tokens, or text';
COMMENT ON COLUMN trials.corpus IS 'name of the corpus; on text only';
COMMENT ON COLUMN trials.tokenizer IS 'name of the tokenizer; on text only';
COMMENT ON COLUMN trials.optimizer IS 'adamw, or muon; the columns beta1 to weight_decay are of AdamW, which Muon leaves embeddings and vectors to';
COMMENT ON COLUMN trials.momentum IS 'Muon''s μ; NULL with AdamW';
COMMENT ON COLUMN trials.matrix_scale IS 'Muon''s scale of weight matrices: root mean square of a step in units of the learning rate';
COMMENT ON COLUMN trials.embedding_rate IS 'what the learning rate is multiplied by for token embedding and head; NULL with AdamW';
COMMENT ON COLUMN trials.core_seconds IS 'processor time of the trial''s thread, scoring included, in seconds; NULL where it was not measured';
COMMENT ON COLUMN trials.operations IS 'floating-point operations of the training''s matrix products';

CREATE TABLE curve_points (
  trial VARCHAR NOT NULL,
  step BIGINT NOT NULL,
  net_bits DOUBLE NOT NULL,
  bits_per_parameter DOUBLE NOT NULL,
  held_out_net_bits DOUBLE
);
COMMENT ON TABLE curve_points IS 'Learning curves of finished trials.';
COMMENT ON COLUMN curve_points.trial IS 'identity of the trial';
COMMENT ON COLUMN curve_points.step IS 'optimizer steps done';
COMMENT ON COLUMN curve_points.net_bits IS 'memorized after that step, in bits';
COMMENT ON COLUMN curve_points.bits_per_parameter IS 'net_bits / parameters';
COMMENT ON COLUMN curve_points.held_out_net_bits IS 'net_bits of the held-out sequences; on text only';

-- No CHECK on data: DuckDB 2.0.0 checks it wrongly where more than 2048 rows are appended at once.
CREATE TABLE sample_scores (
  trial VARCHAR NOT NULL,
  data VARCHAR NOT NULL,
  sample INTEGER NOT NULL,
  code_length_bits DOUBLE NOT NULL
);
COMMENT ON TABLE sample_scores IS 'Code length of every single sequence under the trained model.';
COMMENT ON COLUMN sample_scores.trial IS 'identity of the trial';
COMMENT ON COLUMN sample_scores.data IS 'training, or fresh for data that the model never saw: on text, the test split and then the reference split';
COMMENT ON COLUMN sample_scores.sample IS 'place of the sequence in its data set, from 0';
COMMENT ON COLUMN sample_scores.code_length_bits IS 'code length of the sequence, in bits';

CREATE TABLE attack_scores (
  trial VARCHAR NOT NULL,
  attack VARCHAR NOT NULL,
  data VARCHAR NOT NULL,
  sample INTEGER NOT NULL,
  score DOUBLE NOT NULL
);
COMMENT ON TABLE attack_scores IS 'Scores of membership attacks on single sequences; higher means member. The loss attack is the code length in sample_scores with its sign turned.';
COMMENT ON COLUMN attack_scores.trial IS 'identity of the trial';
COMMENT ON COLUMN attack_scores.attack IS 'name of the attack: zlib, mink or mink++';
COMMENT ON COLUMN attack_scores.data IS 'training for members, fresh for non-members';
COMMENT ON COLUMN attack_scores.sample IS 'place of the sequence in its data set, from 0';
COMMENT ON COLUMN attack_scores.score IS 'score; its unit is that of the attack';

CREATE TABLE completions (
  trial VARCHAR NOT NULL,
  prefix INTEGER NOT NULL,
  data VARCHAR NOT NULL,
  sample INTEGER NOT NULL,
  reproduced INTEGER NOT NULL
);
COMMENT ON TABLE completions IS 'Greedy completions of single sequences.';
COMMENT ON COLUMN completions.trial IS 'identity of the trial';
COMMENT ON COLUMN completions.prefix IS 'tokens given';
COMMENT ON COLUMN completions.data IS 'training, or fresh for sequences that the model never saw';
COMMENT ON COLUMN completions.sample IS 'place of the sequence in its data set, from 0';
COMMENT ON COLUMN completions.reproduced IS 'tokens reproduced before the first that was not; the sequence was extracted where this is all behind the prefix';

CREATE TABLE token_scores (
  trial VARCHAR NOT NULL,
  sample INTEGER NOT NULL,
  position INTEGER NOT NULL,
  bits DOUBLE NOT NULL
);
COMMENT ON TABLE token_scores IS 'Code length of every single token of the first training sequences.';
COMMENT ON COLUMN token_scores.trial IS 'identity of the trial';
COMMENT ON COLUMN token_scores.sample IS 'place of the sequence in the training set, from 0';
COMMENT ON COLUMN token_scores.position IS 'place of the token in the sequence, from 0';
COMMENT ON COLUMN token_scores.bits IS 'code length of the token, in bits';

CREATE TABLE experiments (
  name VARCHAR PRIMARY KEY,
  kind VARCHAR NOT NULL,
  description VARCHAR NOT NULL,
  configuration VARCHAR NOT NULL
);
COMMENT ON TABLE experiments IS 'One row per experiment, as it was run last.';
COMMENT ON COLUMN experiments.name IS 'chosen by the user';
COMMENT ON COLUMN experiments.kind IS 'what makes its trials, such as grid or capacity';
COMMENT ON COLUMN experiments.description IS 'in words; may be empty';
COMMENT ON COLUMN experiments.configuration IS 'the resolved configuration, as text';

CREATE TABLE experiment_trials (
  experiment VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  trial VARCHAR NOT NULL
);
COMMENT ON TABLE experiment_trials IS 'Which trials an experiment asks for; a trial may belong to several.';
COMMENT ON COLUMN experiment_trials.experiment IS 'name of the experiment';
COMMENT ON COLUMN experiment_trials.position IS 'place of the trial in the experiment, from 0';
COMMENT ON COLUMN experiment_trials.trial IS 'identity of the trial, which has a row in trials once it ended';

CREATE VIEW capacity_points AS
SELECT
  layers, width, heads, vocabulary_size, context_length, tied_head,
  parameters, parameters_without_embeddings,
  sequences, steps, batch_size, learning_rate, warmup_share, flat_share, decay,
  beta1, beta2, epsilon, weight_decay, optimizer, momentum, matrix_scale, embedding_rate,
  embedding_deviation, weight_deviation,
  engine, numerics_version, vector_bits, precision,
  count(*) AS seeds,
  avg(net_bits) AS mean_net_bits,
  stddev_samp(net_bits) AS deviation_net_bits,
  avg(bits_per_parameter) AS mean_bits_per_parameter,
  avg(share_of_ceiling) AS mean_share_of_ceiling
FROM trials
WHERE status = 'finished' AND data_source = 'random-tokens'
GROUP BY ALL;
COMMENT ON VIEW capacity_points IS 'Finished trials on random tokens that differ in nothing but their seed, as one row: means over seeds, and their sample deviation, in bits.';

CREATE VIEW sample_memorization AS
SELECT
  trial, data, sample, code_length_bits,
  context_length * log2(vocabulary_size) - code_length_bits AS memorized_bits
FROM sample_scores JOIN trials ON trial = id;
COMMENT ON VIEW sample_memorization IS 'What was saved on every single sequence, S · log2 V less its code length, in bits.';
