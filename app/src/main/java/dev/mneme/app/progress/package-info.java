/// What a person sees while trials run.
package dev.mneme.app.progress;
