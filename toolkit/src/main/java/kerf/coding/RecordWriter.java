package kerf.coding;

import ai.djl.ndarray.types.Shape;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes records component by component, so that whoever adds one to a record need not think of the
 * file. A class is named where the declared type leaves it open: records of sealed interfaces.
 */
final class RecordWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  private RecordWriter() {}

  static byte[] bytes(Record value) {
    RecordWriter writer = new RecordWriter();
    try {
      writer.components(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read a component of " + value, e);
    }
    return writer.bytes.toByteArray();
  }

  private void components(Record value) throws IOException, ReflectiveOperationException {
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      component.getAccessor().setAccessible(true);
      write(component.getType(), component.getAccessor().invoke(value));
    }
  }

  private void write(Class<?> declared, Object value)
      throws IOException, ReflectiveOperationException {
    if (value instanceof String text) {
      out.writeUTF(text);
    } else if (value instanceof Integer || value instanceof Long) {
      number(((Number) value).longValue());
    } else if (value instanceof Boolean flag) {
      out.writeBoolean(flag);
    } else if (value instanceof Float number) {
      out.writeFloat(number);
    } else if (value instanceof Double number) {
      out.writeDouble(number);
    } else if (value instanceof Enum<?> constant) {
      out.writeUTF(constant.name());
    } else if (value instanceof Shape shape) {
      write(long[].class, shape.getShape());
    } else if (value instanceof long[] numbers) {
      write(List.class, Arrays.stream(numbers).boxed().toList());
    } else if (value instanceof Optional<?> optional) {
      write(List.class, optional.stream().toList());
    } else if (value instanceof List<?> list) {
      number(list.size());
      for (Object element : list) {
        // What a list holds is told by its generic type, which only the reader needs.
        write(open(element), element);
      }
    } else if (value instanceof Map<?, ?> map) {
      number(map.size());
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        write(String.class, entry.getKey());
        write(open(entry.getValue()), entry.getValue());
      }
    } else if (value instanceof Record record) {
      if (declared.isInterface()) {
        out.writeUTF(record.getClass().getSimpleName());
      }
      components(record);
    } else {
      throw new IllegalArgumentException("a file cannot hold %s".formatted(value));
    }
  }

  /** The type of an element as a list declares it: no list here holds a sealed interface. */
  private static Class<?> open(Object element) {
    return element.getClass();
  }

  /** A whole number in as many groups of 7 bits as it needs, the sign as its lowest bit. */
  private void number(long value) throws IOException {
    long left = value << 1 ^ value >> 63;
    while ((left & ~0x7fL) != 0) {
      out.writeByte((int) (left & 0x7f | 0x80));
      left >>>= 7;
    }
    out.writeByte((int) left);
  }
}
