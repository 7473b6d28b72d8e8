-- From format version 1 to 2: trials on text.

ALTER TABLE trials ADD COLUMN data_source VARCHAR DEFAULT 'random-tokens';
ALTER TABLE trials ADD COLUMN corpus VARCHAR;
ALTER TABLE trials ADD COLUMN tokenizer VARCHAR;
ALTER TABLE curve_points ADD COLUMN held_out_net_bits DOUBLE;
COMMENT ON COLUMN trials.net_bits IS 'memorized: entropy less code length of the training set, in bits; on text, saved over the uniform code';
COMMENT ON COLUMN trials.bits_per_parameter IS 'net_bits / parameters; NULL on text, where part of the bits is understood';
COMMENT ON COLUMN trials.fresh_net_bits IS 'net_bits on fresh data of the same size, in bits; on text, of the held-out sequences';
COMMENT ON COLUMN trials.data_source IS 'random-tokens, or text';
COMMENT ON COLUMN trials.corpus IS 'name of the corpus; on text only';
COMMENT ON COLUMN trials.tokenizer IS 'name of the tokenizer; on text only';
COMMENT ON COLUMN curve_points.held_out_net_bits IS 'net_bits of the held-out sequences; on text only';
COMMENT ON COLUMN sample_scores.data IS 'training, or fresh for data that the model never saw: on text, the test split and then the reference split';

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

DROP VIEW capacity_points;
CREATE VIEW capacity_points AS
SELECT
  layers, width, heads, vocabulary_size, context_length, tied_head,
  parameters, parameters_without_embeddings,
  sequences, steps, batch_size, learning_rate, warmup_share, flat_share, decay,
  beta1, beta2, epsilon, weight_decay, embedding_deviation, weight_deviation,
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
