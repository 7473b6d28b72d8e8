/// The report as one page: what is shown ([dev.mneme.app.html.Report]), where it comes from
/// ([dev.mneme.app.html.StoreReport], [dev.mneme.app.html.TextStudyReport],
/// [dev.mneme.app.html.CapacityStudyReport]), and how it is written, for people
/// ([dev.mneme.app.html.ReportPage]) and for programs ([dev.mneme.app.html.ReportJson]).
package dev.mneme.app.html;
