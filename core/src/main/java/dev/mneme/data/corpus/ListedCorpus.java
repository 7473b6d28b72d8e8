package dev.mneme.data.corpus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Documents that lie in memory already.
public final class ListedCorpus implements Corpus {
  private final String name;
  private final List<byte[]> documents;

  private ListedCorpus(String name, List<byte[]> documents) {
    this.name = name;
    this.documents = documents;
  }

  /// @param documents UTF-8; arrays are copied
  public static ListedCorpus of(String name, List<byte[]> documents) {
    return new ListedCorpus(name, documents.stream().map(byte[]::clone).toList());
  }

  public static ListedCorpus ofStrings(String name, List<String> documents) {
    return new ListedCorpus(
        name,
        documents.stream().map(document -> document.getBytes(StandardCharsets.UTF_8)).toList());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> sources() {
    return List.of(name);
  }

  @Override
  public CorpusReport read(DocumentSink sink) throws IOException {
    RowCollector rows = new RowCollector(sink, sources(), Integer.MAX_VALUE);
    for (int i = 0; i < documents.size(); i++) {
      rows.text(i + 1L, documents.get(i), true);
    }
    return rows.report();
  }
}
