/// A report over HTTP, for the browser on this machine.
package dev.mneme.app.watch;
