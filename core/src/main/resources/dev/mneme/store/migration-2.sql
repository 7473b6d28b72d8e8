-- From format version 2 to 3: optimizers other than AdamW.

ALTER TABLE trials ADD COLUMN optimizer VARCHAR DEFAULT 'adamw';
ALTER TABLE trials ADD COLUMN momentum DOUBLE;
ALTER TABLE trials ADD COLUMN matrix_scale DOUBLE;
ALTER TABLE trials ADD COLUMN embedding_rate DOUBLE;
COMMENT ON COLUMN trials.optimizer IS 'adamw, or muon; the columns beta1 to weight_decay are of AdamW, which Muon leaves embeddings and vectors to';
COMMENT ON COLUMN trials.momentum IS 'Muon''s μ; NULL with AdamW';
COMMENT ON COLUMN trials.matrix_scale IS 'Muon''s scale of weight matrices: root mean square of a step in units of the learning rate';
COMMENT ON COLUMN trials.embedding_rate IS 'what the learning rate is multiplied by for token embedding and head; NULL with AdamW';

DROP VIEW capacity_points;
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
