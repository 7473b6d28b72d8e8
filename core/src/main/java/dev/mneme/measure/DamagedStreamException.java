package dev.mneme.measure;

/// Compressed data that cannot be decoded: truncated, altered, or made with another model.
public final class DamagedStreamException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public DamagedStreamException(String message) {
    super(message);
  }
}
