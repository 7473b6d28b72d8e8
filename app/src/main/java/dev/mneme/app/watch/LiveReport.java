package dev.mneme.app.watch;

import dev.mneme.app.html.Report;
import dev.mneme.app.html.ReportJson;
import dev.mneme.app.html.ReportPage;
import dev.mneme.data.Sha256;

/// A report as it is served at one moment.
///
/// @param revision differs where anything that is shown differs, and only there
/// @param page for people
/// @param policy what the page may do, see [ReportPage]
/// @param twin the same for programs
public record LiveReport(String revision, String page, String policy, String twin) {
  /// Makes it.
  ///
  /// @param state how far the run is, in a few words
  /// @param every how often the page asks for a newer one, in milliseconds
  public static LiveReport of(Report report, String state, long every) {
    String twin = ReportJson.write(report);
    String revision = Sha256.start().string(twin).string(state).finish();
    ReportPage.Served served =
        ReportPage.writeLive(report, new ReportPage.Live(revision, every, state));
    return new LiveReport(revision, served.page(), served.policy(), twin);
  }
}
