package dev.mneme.app;

/// What the program tells its caller when it ends. Shown in every help text.
public final class ExitStatus {
  /// Everything asked for was done.
  public static final int OK = 0;

  /// A mistake in the program, or trouble with the machine.
  public static final int INTERNAL_ERROR = 1;

  /// Something was asked for that cannot be done; nothing was written.
  public static final int USAGE = 2;

  /// The largest figure seen is shown, but it is not a capacity.
  public static final int CAPACITY_NOT_REACHED = 3;

  /// A control failed: the figures cannot be trusted.
  public static final int CONTROL_FAILED = 4;

  /// Results could not be written, such as on a full disk.
  public static final int NOT_WRITTEN = 5;

  /// Some trials of an experiment failed; all others were run and kept.
  public static final int TRIALS_FAILED = 6;

  /// Stopped by Ctrl-C; what was finished is kept.
  public static final int INTERRUPTED = 130;

  private ExitStatus() {}
}
