package dev.mneme.app.html;

import dev.mneme.measure.Interval;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All that a report shows, from top to bottom. Texts may come from outside and are not escaped
/// here.
///
/// @param title one line: what was measured
/// @param scope one line: of what, and how much
/// @param label what the figures are worth, such as a lower bound at a training budget
/// @param figures the answer in a few figures; may be none
/// @param notices what a reader must know before the rest, such as that nothing finished
/// @param sections those with data
public record Report(
    String title,
    String scope,
    String label,
    List<Figure> figures,
    List<String> notices,
    List<Section> sections) {
  public Report {
    figures = List.copyOf(figures);
    notices = List.copyOf(notices);
    sections = List.copyOf(sections);
  }

  /// The same with one more section at its end.
  public Report with(Section section) {
    List<Section> all = new java.util.ArrayList<>(sections);
    all.add(section);
    return new Report(title, scope, label, figures, notices, all);
  }

  /// The same with one more notice.
  Report with(String notice) {
    List<String> all = new java.util.ArrayList<>(notices);
    all.add(notice);
    return new Report(title, scope, label, figures, all, sections);
  }

  /// A figure in large type.
  ///
  /// @param name what it is
  /// @param value as it is read, such as `2.31`
  /// @param unit behind the value; may be empty
  /// @param interval the value and its 95% bounds as numbers, where there are any
  /// @param range the bounds as they are read; may be empty
  /// @param note one short sentence
  public record Figure(
      String name,
      String value,
      String unit,
      Optional<Interval> interval,
      String range,
      String note) {}

  /// A part of the page.
  ///
  /// @param id unique in the report, fit for an address: lower-case words joined by hyphens
  /// @param title its heading
  /// @param lead a sentence or two on how to read what follows
  /// @param blocks what it shows, at least one
  public record Section(String id, String title, String lead, List<Block> blocks) {
    public Section {
      blocks = List.copyOf(blocks);
    }

    /// All charts, those of choices among them.
    List<Chart> charts() {
      return blocks.stream()
          .flatMap(block ->
              switch (block) {
                case Chart chart -> Stream.of(chart);
                case Choice choice -> choice.charts().stream();
                case Grid grid -> Stream.empty();
                case Samples samples -> Stream.empty();
              })
          .toList();
    }
  }

  /// A picture, one of several pictures, a table or samples of text.
  public sealed interface Block permits Chart, Choice, Grid, Samples {}

  /// Charts of which one is shown at a time.
  ///
  /// @param title above them
  /// @param by what they differ in, such as `N`
  /// @param picks at least one
  /// @param first which of them is shown at first, from 0
  public record Choice(String title, String by, List<Pick> picks, int first) implements Block {
    public Choice {
      picks = List.copyOf(picks);
      Objects.checkIndex(first, picks.size());
    }

    List<Chart> charts() {
      return picks.stream().map(Pick::chart).toList();
    }
  }

  /// One chart of a choice.
  ///
  /// @param label by which it is picked
  public record Pick(String label, Chart chart) {}

  /// A table.
  ///
  /// @param title above it
  /// @param columns headings; the first column is set to the left, the others to the right
  /// @param rows cells as they are read, as many as there are columns
  public record Grid(String title, List<String> columns, List<List<String>> rows) implements Block {
    public Grid {
      columns = List.copyOf(columns);
      rows = rows.stream().map(List::copyOf).toList();
    }
  }

  /// Sequences of a corpus.
  ///
  /// @param title above them
  /// @param note below them: what was left out; may be empty
  /// @param samples in order
  public record Samples(String title, String note, List<Sample> samples) implements Block {
    public Samples {
      samples = List.copyOf(samples);
    }

    /// Whether the parts of any text are told apart.
    public boolean shaded() {
      return samples.stream().anyMatch(sample -> !sample.pieces().isEmpty());
    }
  }

  /// One sequence of a corpus.
  ///
  /// @param index in the training set
  /// @param caption its figures as they are read
  /// @param unintendedBits what the model saves beyond its reference
  /// @param text as it is in the corpus, whatever that holds
  /// @param pieces that add up to the text; none where single tokens are not known
  public record Sample(
      long index, String caption, double unintendedBits, String text, List<Piece> pieces) {
    public Sample {
      pieces = List.copyOf(pieces);
      if (!pieces.isEmpty()
          && !pieces.stream().map(Piece::text).collect(Collectors.joining()).equals(text)) {
        throw new IllegalArgumentException("the pieces of a sequence do not add up to its text");
      }
    }
  }

  /// A part of a sequence.
  ///
  /// @param text of it
  /// @param tokens that it is made of, at least 1
  /// @param modelBits what it costs under the model
  /// @param oracleBits what it costs under the oracle
  public record Piece(String text, int tokens, double modelBits, double oracleBits) {
    /// What the model saves beyond the oracle; below 0 where the oracle saves more.
    public double savedBits() {
      return oracleBits - modelBits;
    }
  }
}
