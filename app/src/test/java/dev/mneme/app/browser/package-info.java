/// A real browser for tests.
package dev.mneme.app.browser;
