package dev.mneme.app.report;

import dev.mneme.app.output.Numbers;
import dev.mneme.app.output.Page;
import dev.mneme.app.output.Printable;
import dev.mneme.data.text.NearDuplicates;
import dev.mneme.data.text.Split;
import dev.mneme.data.text.TextDatasetReport;

/// What became of a corpus on its way to sequences, for a person.
public final class TextDataPages {
  private TextDataPages() {}

  public static void write(TextDatasetReport data, NearDuplicates.Report near, Page page) {
    page.heading("Text");
    page.sentences(
        2,
        "%s, %s of text, %s."
            .formatted(
                Numbers.plural(data.corpus().documents(), "document"),
                Numbers.brief(data.corpus().bytes()) + "B",
                Printable.of(data.corpus().describeSkipped(), '?')));
    page.sentences(
        2,
        "%s sequences were cut; %s equal to an earlier one were removed (%s). %s to train on, %s to test, %s to choose the oracle."
            .formatted(
                Numbers.count(data.sequences()),
                Numbers.count(data.duplicates()),
                Numbers.percent((double) data.duplicates() / data.sequences()),
                Numbers.count(data.count(Split.TRAIN)),
                Numbers.count(data.count(Split.TEST)),
                Numbers.count(data.count(Split.REFERENCE))));
    page.sentences(
        2,
        "%s of the test sequences come from documents that training sequences come from too; of the %s tested, %s are near duplicates of a training sequence (at least %s of their runs of %d tokens), %s share one run."
            .formatted(
                Numbers.percent(data.testFromTrainDocuments()),
                Numbers.count(near.checked()),
                Numbers.percent(near.nearShare()),
                Numbers.percent(near.options().share()),
                near.options().tokens(),
                Numbers.percent(near.sharingShare())));
  }
}
