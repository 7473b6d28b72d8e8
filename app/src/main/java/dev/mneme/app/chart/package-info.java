/// The curve of memorized bits against data set size, as a picture and as characters.
package dev.mneme.app.chart;
