package dev.mneme.data.corpus;

import java.io.IOException;
import java.util.List;

/// Documents that are read as a stream, in the same order every time.
public sealed interface Corpus permits FileCorpus, EmbeddedCorpus, ListedCorpus {
  /// What a reader calls it.
  String name();

  /// Where documents come from, such as names of files; [Document#source] counts in it.
  List<String> sources();

  /// Gives every usable document to `sink`, in order.
  ///
  /// @return what was read and what was skipped
  /// @throws dev.mneme.data.InvalidDataException where a file is not what it should be
  /// @throws IOException where reading, or the sink, fails
  CorpusReport read(DocumentSink sink) throws IOException;
}
