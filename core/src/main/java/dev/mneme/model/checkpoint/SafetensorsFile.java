package dev.mneme.model.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// A safetensors file opened for reading. Opening reads and checks the header alone; it must
/// describe every byte behind it exactly once.
public final class SafetensorsFile implements AutoCloseable {
  /// The longest header that is read, in bytes.
  public static final long MAXIMUM_HEADER = 100_000_000;

  static final String METADATA = "__metadata__";

  private static final String HINT =
      "The file is truncated, altered or not in safetensors format; write or copy it again.";

  /// Bytes per element of the types that are known but not read as numbers.
  private static final Map<String, Integer> OTHER_TYPES =
      Map.of(
          "BOOL", 1, "U8", 1, "I8", 1, "I16", 2, "U16", 2, "I32", 4, "U32", 4, "I64", 8, "U64", 8);

  /// One tensor as the header describes it.
  ///
  /// @param type such as `F32`
  /// @param shape dimensions, row-major; empty for a single number
  /// @param begin first byte, counted from the end of the header
  /// @param end byte after the last
  public record Entry(String name, String type, List<Long> shape, long begin, long end) {
    public Entry {
      shape = List.copyOf(shape);
    }
  }

  private final Path file;
  private final FileChannel channel;
  private final long dataStart;
  private final Map<String, Entry> entries;
  private final Map<String, String> metadata;

  private SafetensorsFile(
      Path file,
      FileChannel channel,
      long dataStart,
      Map<String, Entry> entries,
      Map<String, String> metadata) {
    this.file = file;
    this.channel = channel;
    this.dataStart = dataStart;
    this.entries = Collections.unmodifiableMap(entries);
    this.metadata = Collections.unmodifiableMap(metadata);
  }

  /// Opens a file.
  ///
  /// @throws CorruptCheckpointException where the header is not sound
  /// @throws IOException where the file cannot be read
  public static SafetensorsFile open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return read(file, channel);
    } catch (IOException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }

  private static SafetensorsFile read(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < Long.BYTES) {
      throw corrupt(file, "file size", size + " bytes", "at least 8 bytes");
    }
    long headerLength = readFully(file, channel, 0, Long.BYTES).getLong();
    long limit = Math.min(MAXIMUM_HEADER, size - Long.BYTES);
    if (headerLength < 2 || headerLength > limit) {
      throw corrupt(
          file,
          "header length",
          Long.toUnsignedString(headerLength) + " bytes",
          "2 to " + limit + " in a file of " + size + " bytes");
    }
    ByteBuffer header = readFully(file, channel, Long.BYTES, (int) headerLength);
    JsonNode root;
    try {
      root = StrictJson.MAPPER.readTree(header.array());
    } catch (JacksonException e) {
      throw corrupt(file, "header", e.getOriginalMessage(), "valid JSON without repeated names");
    }
    if (root == null || !root.isObject()) {
      throw corrupt(file, "header", "something else", "a JSON object");
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> property : root.properties()) {
      if (property.getKey().equals(METADATA)) {
        readMetadata(file, property.getValue(), metadata);
      } else {
        entries.put(property.getKey(), readEntry(file, property.getKey(), property.getValue()));
      }
    }
    long dataStart = Long.BYTES + headerLength;
    requireExactCover(file, entries, size - dataStart);
    return new SafetensorsFile(file, channel, dataStart, entries, metadata);
  }

  private static void readMetadata(Path file, JsonNode node, Map<String, String> metadata)
      throws CorruptCheckpointException {
    for (Map.Entry<String, JsonNode> property : node.properties()) {
      if (!property.getValue().isString()) {
        throw corrupt(file, "metadata " + property.getKey(), "something else", "a string");
      }
      metadata.put(property.getKey(), property.getValue().stringValue());
    }
    if (!node.isObject()) {
      throw corrupt(file, "metadata", "something else", "a JSON object");
    }
  }

  private static Entry readEntry(Path file, String name, JsonNode node)
      throws CorruptCheckpointException {
    JsonNode type = node.path("dtype");
    JsonNode shape = node.path("shape");
    JsonNode offsets = node.path("data_offsets");
    if (!type.isString() || !shape.isArray() || !offsets.isArray() || offsets.size() != 2) {
      throw corrupt(
          file, "tensor " + name, shorten(node.toString()), "dtype, shape and two data_offsets");
    }
    List<Long> dimensions = new ArrayList<>();
    for (JsonNode dimension : shape) {
      dimensions.add(size(file, name, dimension));
    }
    Entry entry =
        new Entry(
            name,
            type.stringValue(),
            dimensions,
            size(file, name, offsets.get(0)),
            size(file, name, offsets.get(1)));
    long expected;
    try {
      expected = bytesPerElement(file, entry);
      for (long dimension : dimensions) {
        expected = Math.multiplyExact(expected, dimension);
      }
    } catch (ArithmeticException e) {
      throw corrupt(file, "tensor " + name, "shape " + dimensions, "a size that fits 63 bits");
    }
    if (entry.end() < entry.begin() || entry.end() - entry.begin() != expected) {
      throw corrupt(
          file,
          "tensor " + name,
          "bytes " + entry.begin() + " to " + entry.end(),
          expected + " bytes for " + entry.type() + " of shape " + dimensions);
    }
    return entry;
  }

  private static long size(Path file, String name, JsonNode node)
      throws CorruptCheckpointException {
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
      throw corrupt(file, "tensor " + name, shorten(node.toString()), "a whole number, at least 0");
    }
    return node.longValue();
  }

  private static int bytesPerElement(Path file, Entry entry) throws CorruptCheckpointException {
    for (TensorType type : TensorType.values()) {
      if (type.name().equals(entry.type())) {
        return type.bytes();
      }
    }
    Integer other = OTHER_TYPES.get(entry.type());
    if (other == null) {
      throw corrupt(
          file,
          "tensor " + entry.name(),
          "dtype " + shorten(entry.type()),
          "a known type such as F32");
    }
    return other;
  }

  private static void requireExactCover(Path file, Map<String, Entry> entries, long dataLength)
      throws CorruptCheckpointException {
    List<Entry> sorted = new ArrayList<>(entries.values());
    sorted.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long covered = 0;
    for (Entry entry : sorted) {
      if (entry.begin() != covered) {
        throw corrupt(
            file,
            "tensor " + entry.name(),
            "first byte " + entry.begin(),
            covered + ", where the tensor before it ends");
      }
      covered = entry.end();
    }
    if (covered != dataLength) {
      throw corrupt(file, "data", dataLength + " bytes", covered + " bytes as the header says");
    }
  }

  /// All tensors by name, in the order of the header.
  public Map<String, Entry> entries() {
    return entries;
  }

  /// What the writer noted.
  public Map<String, String> metadata() {
    return metadata;
  }

  /// Reads a tensor of floating-point numbers into a stretch of a vector.
  ///
  /// @param target receives the values from `offset` on; must have room for them
  /// @throws CorruptCheckpointException where there is no such tensor, its type is not a
  ///   floating-point type, or a value is not finite
  public void read(String name, double[] target, int offset) throws IOException {
    Entry entry = floatingPoint(name);
    long count = count(entry);
    if (count > target.length - offset) {
      throw new IllegalArgumentException(
          name + " has " + count + " entries, but there is room for " + (target.length - offset));
    }
    int[] index = {offset};
    forEach(name, value -> target[index[0]++] = value);
  }

  /// Goes through the numbers of a tensor in their order, a few at a time.
  ///
  /// @throws CorruptCheckpointException as [#read] does
  public void forEach(String name, DoubleConsumer consumer) throws IOException {
    Entry entry = floatingPoint(name);
    TensorType type = TensorType.valueOf(entry.type());
    long count = count(entry);
    long position = dataStart + entry.begin();
    for (long done = 0; done < count; ) {
      int part = (int) Math.min(count - done, 8192);
      ByteBuffer buffer = readFully(file, channel, position, part * type.bytes());
      for (int i = 0; i < part; i++) {
        double value = type.get(buffer);
        if (!Double.isFinite(value)) {
          throw corrupt(
              file, "tensor " + name, value + " as entry " + (done + i), "finite numbers");
        }
        consumer.accept(value);
      }
      position += (long) part * type.bytes();
      done += part;
    }
  }

  private static long count(Entry entry) {
    return (entry.end() - entry.begin()) / TensorType.valueOf(entry.type()).bytes();
  }

  private Entry floatingPoint(String name) throws CorruptCheckpointException {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw corrupt(file, "tensor " + name, "nothing", "a tensor of that name");
    }
    if (!isFloatingPoint(entry.type())) {
      throw corrupt(file, "tensor " + name, "dtype " + entry.type(), "F64, F32, F16 or BF16");
    }
    return entry;
  }

  /// Whether tensors of that type can be read as numbers.
  static boolean isFloatingPoint(String type) {
    return Arrays.stream(TensorType.values()).anyMatch(known -> known.name().equals(type));
  }

  private static ByteBuffer readFully(Path file, FileChannel channel, long position, int length)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer, position + buffer.position());
      if (read < 0) {
        throw corrupt(
            file,
            "data",
            "the end of the file at byte " + (position + buffer.position()),
            (position + length) + " bytes or more");
      }
    }
    return buffer.flip();
  }

  private static CorruptCheckpointException corrupt(
      Path file, String field, String given, String expected) {
    return new CorruptCheckpointException(file, shorten(field), given, expected, HINT);
  }

  /// What a hostile file says may be long; a message is not.
  private static String shorten(String text) {
    return text.length() <= 120 ? text : text.substring(0, 117) + "...";
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
