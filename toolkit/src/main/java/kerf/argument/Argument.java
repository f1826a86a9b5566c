package kerf.argument;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;

/** An argument of a public method, which must not be null. */
public final class Argument {
  private Argument() {}

  /**
   * Checks that an argument is there, and that nothing in it is missing if it is an array, a
   * collection or a map.
   *
   * @param <T> what it is
   * @param name what the message calls it, a noun
   * @param value the argument
   * @return the argument
   * @throws IllegalArgumentException if it is null or holds null
   */
  public static <T> T require(String name, T value) {
    if (value == null) {
      throw new IllegalArgumentException(name + " must be given, found null");
    }
    if (value instanceof Object[] array) {
      requireEach(name, Arrays.asList(array));
    } else if (value instanceof Collection<?> collection) {
      requireEach(name, collection);
    } else if (value instanceof Map<?, ?> map) {
      requireEach("keys of " + name, map.keySet());
      requireEach("values of " + name, map.values());
    }
    return value;
  }

  private static void requireEach(String name, Collection<?> elements) {
    int place = 0;
    for (Object element : elements) {
      if (element == null) {
        throw new IllegalArgumentException(
            "%s must be given one by one, found null at place %d, counted from 0"
                .formatted(name, place));
      }
      place++;
    }
  }
}
