/// Data sets of text: documents are cut into sequences of S tokens, duplicates are removed, and
/// what is left is divided into train, test and reference splits. Start at
/// [dev.mneme.data.text.TextDataset#build].
///
/// Nothing here grows with the corpus except files: sequences are spilled into partitions by hash,
/// each partition is deduplicated in memory, and splits are files too. Only the subset that is
/// asked for becomes a [dev.mneme.data.TokenDataset].
package dev.mneme.data.text;
