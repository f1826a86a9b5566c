package kerf.coding;

import ai.djl.ndarray.types.Shape;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what {@link RecordWriter} wrote, by the declared types of the components. */
final class RecordReader {
  private final DataInputStream in;

  private RecordReader(byte[] bytes) {
    this.in = new DataInputStream(new ByteArrayInputStream(bytes));
  }

  /**
   * Reads a record.
   *
   * @throws DamageException if the bytes are not those of such a record
   */
  static <T extends Record> T read(Class<T> type, byte[] bytes) {
    try {
      RecordReader reader = new RecordReader(bytes);
      T value = type.cast(reader.record(type));
      if (reader.in.available() > 0) {
        throw new DamageException("nothing more", reader.in.available() + " bytes");
      }
      return value;
    } catch (IOException e) {
      throw new DamageException("a description of the network", "one that ends too early");
    } catch (InvocationTargetException e) {
      throw new DamageException("a description of the network", "" + e.getCause().getMessage());
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      throw new DamageException("a description of the network", "" + e.getMessage());
    }
  }

  private Object record(Class<?> type) throws IOException, ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = read(components[i].getGenericType());
    }
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Constructor<?> constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    return constructor.newInstance(values);
  }

  private Object read(Type type) throws IOException, ReflectiveOperationException {
    if (type instanceof ParameterizedType generic) {
      return container(generic);
    }
    Class<?> plain = (Class<?>) type;
    if (plain == String.class) {
      return in.readUTF();
    } else if (plain == int.class || plain == Integer.class) {
      return Math.toIntExact(number());
    } else if (plain == long.class || plain == Long.class) {
      return number();
    } else if (plain == boolean.class) {
      return in.readBoolean();
    } else if (plain == float.class) {
      return in.readFloat();
    } else if (plain == double.class) {
      return in.readDouble();
    } else if (plain.isEnum()) {
      return constant(plain, in.readUTF());
    } else if (plain == Shape.class) {
      return new Shape(longs());
    } else if (plain == long[].class) {
      return longs();
    }
    return record(plain.isInterface() ? named(plain, in.readUTF()) : plain);
  }

  private Object container(ParameterizedType type)
      throws IOException, ReflectiveOperationException {
    Type[] arguments = type.getActualTypeArguments();
    int size = size();
    if (type.getRawType() == Map.class) {
      Map<String, Object> map = new LinkedHashMap<>();
      for (int i = 0; i < size; i++) {
        map.put(in.readUTF(), read(arguments[1]));
      }
      return map;
    }
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      list.add(read(arguments[0]));
    }
    return type.getRawType() == Optional.class ? list.stream().findFirst() : list;
  }

  private long[] longs() throws IOException {
    long[] numbers = new long[size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number();
    }
    return numbers;
  }

  private int size() throws IOException {
    long size = number();
    if (size < 0 || size > in.available()) {
      throw new DamageException("a list of %d at most".formatted(in.available()), "" + size);
    }
    return (int) size;
  }

  private long number() throws IOException {
    long number = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int group = in.readUnsignedByte();
      number |= (long) (group & 0x7f) << shift;
      if (group < 0x80) {
        return number >>> 1 ^ -(number & 1);
      }
    }
    throw new DamageException("a number of 64 bits", "a longer one");
  }

  private static Object constant(Class<?> type, String name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> ((Enum<?>) constant).name().equals(name))
        .findFirst()
        .orElseThrow(() -> new DamageException("a " + type.getSimpleName(), name));
  }

  private static Class<?> named(Class<?> sealed, String name) {
    Class<?>[] permitted = sealed.getPermittedSubclasses();
    return Arrays.stream(permitted == null ? new Class<?>[0] : permitted)
        .filter(type -> type.isRecord() && type.getSimpleName().equals(name))
        .findFirst()
        .orElseThrow(() -> new DamageException("a " + sealed.getSimpleName(), name));
  }
}
