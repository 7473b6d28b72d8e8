/// Models as files that other tools open: [dev.mneme.model.checkpoint.SafetensorsFile] reads and
/// [dev.mneme.model.checkpoint.SafetensorsWriter] writes tensors,
/// [dev.mneme.model.checkpoint.HuggingFaceCheckpoint] a whole GPT-2.
///
/// Files are untrusted: whatever is wrong with one ends in a
/// [dev.mneme.model.checkpoint.CorruptCheckpointException] that says what was read and what was
/// expected, and nothing is allocated that the file's own size does not justify. Writing goes
/// through [dev.mneme.model.checkpoint.AtomicFiles]: a file or folder is there whole or not at all.
package dev.mneme.model.checkpoint;
