/// What a run found ([dev.mneme.app.report.Outcome]) and how a person reads it
/// ([dev.mneme.app.report.Summary], [dev.mneme.app.report.Closing]).
package dev.mneme.app.report;
