package dev.mneme.app.html;

import dev.mneme.app.html.Report.Grid;
import dev.mneme.app.html.Report.Section;
import dev.mneme.app.output.Numbers;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// Trials without a result, as a part of the page.
final class Unfinished {
  private static final int MOST = 30;

  private Unfinished() {}

  /// @param reasons with how many trials each
  static Section section(long diverged, long failed, SortedMap<String, Long> reasons) {
    return new Section(
        "unfinished",
        "Trials without a result",
        Numbers.plural(diverged, "trial")
            + " diverged and "
            + Numbers.plural(failed, "trial")
            + " failed. They are in no figure above."
            + (reasons.size() > MOST ? " The first " + MOST + " reasons are shown." : ""),
        List.of(
            new Grid(
                "",
                List.of("reason", "trials"),
                reasons.entrySet().stream().limit(MOST).map(Unfinished::row).toList())));
  }

  private static List<String> row(Map.Entry<String, Long> reason) {
    return List.of(reason.getKey(), Numbers.count(reason.getValue()));
  }
}
