/// The commands of `mneme`.
package dev.mneme.app.command;
