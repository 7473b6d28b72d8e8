/// What a user sets: [dev.mneme.app.config.Setting] names it, [dev.mneme.app.config.Layer] is what
/// one place says (a file or the command line), [dev.mneme.app.config.Resolver] lays them over each
/// other. All mistakes are collected and thrown together as [dev.mneme.app.config.UsageException].
package dev.mneme.app.config;
