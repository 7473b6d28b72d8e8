package dev.mneme.data.corpus;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// A corpus that comes with the library, so that everything works at once.
public final class EmbeddedCorpus implements Corpus {
  private static final String RESOURCE = "sotu.jsonl.gz";
  private static final int GROWTH = 200;
  private static final int LONGEST = 1 << 24;

  private EmbeddedCorpus() {}

  /// The State of the Union addresses of the presidents of the United States, 1790 to 2021: 233
  /// documents, 10.8 MB of English text. The contents are dedicated to the public domain (CC0), the
  /// collection is under the Open Data Commons PDDL; see NOTICE.
  public static EmbeddedCorpus stateOfTheUnion() {
    return new EmbeddedCorpus();
  }

  @Override
  public String name() {
    return "sotu";
  }

  @Override
  public List<String> sources() {
    return List.of(RESOURCE);
  }

  @Override
  public CorpusReport read(DocumentSink sink) throws IOException {
    RowCollector rows = new RowCollector(sink, sources(), LONGEST);
    InputStream resource = EmbeddedCorpus.class.getResourceAsStream(RESOURCE);
    if (resource == null) {
      throw new FileNotFoundException("the library was packed without " + RESOURCE);
    }
    try (InputStream input = CompressedInput.open(RESOURCE, resource, GROWTH)) {
      JsonLines.read(input, CorpusOptions.USUAL_COLUMN, rows);
    }
    return rows.report();
  }
}
