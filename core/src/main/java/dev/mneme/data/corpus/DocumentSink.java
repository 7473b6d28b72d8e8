package dev.mneme.data.corpus;

import java.io.IOException;

/// Takes the documents of a corpus one by one.
@FunctionalInterface
public interface DocumentSink {
  void accept(Document document) throws IOException;
}
