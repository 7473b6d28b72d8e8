package dev.mneme.app.output;

/// Plain characters in place of those that an ASCII terminal would show as question marks.
final class Ascii {
  private Ascii() {}

  static String of(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints()
        .forEach(point -> {
          switch (point) {
            case '×' -> plain.append('x');
            case '±' -> plain.append("+/-");
            case '−', '–', '─', '╴' -> plain.append('-');
            case '—' -> plain.append("--");
            case '│', '┤', '├' -> plain.append('|');
            case '└', '┴', '┬', '┼' -> plain.append('+');
            case '·' -> plain.append('-');
            case '•', '●' -> plain.append('*');
            case '…' -> plain.append("...");
            case '≤' -> plain.append("<=");
            case '≥' -> plain.append(">=");
            case '≈' -> plain.append('~');
            case '²' -> plain.append('2');
            case '→' -> plain.append("->");
            case '✓' -> plain.append("ok");
            case '✗' -> plain.append("NO");
            case '’' -> plain.append('\'');
            case 'μ' -> plain.append('u');
            case 'ρ' -> plain.append("rho");
            default -> plain.appendCodePoint(point < 128 ? point : '?');
          }
        });
    return plain.toString();
  }
}
