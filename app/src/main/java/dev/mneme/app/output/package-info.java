/// Text for readers: figures with their units, pages, tables, and the streams they go to.
package dev.mneme.app.output;
