-- From format version 3 to 4: what a trial cost.

ALTER TABLE trials ADD COLUMN core_seconds DOUBLE;
ALTER TABLE trials ADD COLUMN operations DOUBLE;
UPDATE trials SET operations =
  6.0 * trained_tokens
    * (layers * (12.0 * width * width + 2.0 * width * context_length) + 1.0 * width * vocabulary_size);
COMMENT ON COLUMN trials.core_seconds IS 'processor time of the trial''s thread, scoring included, in seconds; NULL where it was not measured';
COMMENT ON COLUMN trials.operations IS 'floating-point operations of the training''s matrix products';
