/// Documents from files and from the library itself, read as a stream:
/// [dev.mneme.data.corpus.FileCorpus], [dev.mneme.data.corpus.EmbeddedCorpus],
/// [dev.mneme.data.corpus.ListedCorpus].
///
/// Rows that cannot be used are skipped, counted by [dev.mneme.data.corpus.SkipReason] and
/// reported. A file that cannot be read to its end is an error: what it holds beyond is unknown.
/// Files are not trusted: documents, rows and the growth of compressed files are bounded before
/// memory is taken.
package dev.mneme.data.corpus;
