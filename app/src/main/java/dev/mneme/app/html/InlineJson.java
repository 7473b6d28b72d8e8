package dev.mneme.app.html;

import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// JSON that may stand within an element `script` of an HTML page: nothing in it can end the
/// element, begin a comment or be read as something else. `<`, `>`, `&` and everything outside
/// ASCII, U+2028 and marks of direction among it, are written as `\\uXXXX`, which JSON reads back
/// as the same text.
final class InlineJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private InlineJson() {}

  static String of(JsonNode node) {
    // Outside of strings JSON has none of the three.
    return MAPPER
        .writeValueAsString(node)
        .replace("<", "\\u003C")
        .replace(">", "\\u003E")
        .replace("&", "\\u0026");
  }
}
