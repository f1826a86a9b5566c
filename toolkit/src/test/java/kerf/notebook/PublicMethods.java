package kerf.notebook;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The methods that a cell can call: the words, and the methods of what they return, and so on. */
final class PublicMethods {
  private final Set<Class<?>> types = new LinkedHashSet<>();
  private final Deque<Class<?>> open = new ArrayDeque<>();
  private final Map<String, Method> methods = new LinkedHashMap<>();

  private PublicMethods() {
    reach(Kerf.class);
    while (!open.isEmpty()) {
      Stream.of(open.poll().getMethods())
          .filter(method -> ours(method.getDeclaringClass()) && !method.isSynthetic())
          .sorted(Comparator.comparing(Method::toString))
          .forEach(this::add);
    }
  }

  static PublicMethods all() {
    return new PublicMethods();
  }

  /** The words themselves. */
  static List<Method> words() {
    return Stream.of(Kerf.class.getMethods())
        .filter(method -> ours(method.getDeclaringClass()))
        .sorted(Comparator.comparing(Method::toString))
        .toList();
  }

  /** Each once, by the class that declares it. */
  List<Method> methods() {
    return List.copyOf(methods.values());
  }

  /**
   * Whether a cell can hold such a value: it got one from a word, or names a constant, or it is not
   * of ours.
   */
  boolean reachable(Class<?> type) {
    return type.isArray()
        ? reachable(type.getComponentType())
        : !ours(type) || type.isEnum() || types.stream().anyMatch(type::isAssignableFrom);
  }

  static boolean ours(Class<?> type) {
    return type.getName().startsWith("kerf.");
  }

  private void add(Method method) {
    reach(method.getGenericReturnType());
    boolean madeByJava =
        method.getName().equals("equals")
            || method.getDeclaringClass().isEnum() && method.getName().equals("valueOf");
    if (!madeByJava) {
      methods.putIfAbsent(method.toString(), method);
    }
  }

  private void reach(Type type) {
    if (type instanceof Class<?> known && known.isArray()) {
      reach(known.getComponentType());
    } else if (type instanceof Class<?> known) {
      if (ours(known) && Modifier.isPublic(known.getModifiers()) && types.add(known)) {
        open.add(known);
      }
    } else if (type instanceof ParameterizedType generic) {
      reach(generic.getRawType());
      Stream.of(generic.getActualTypeArguments()).forEach(this::reach);
    } else if (type instanceof WildcardType wild) {
      Stream.of(wild.getUpperBounds()).forEach(this::reach);
    } else if (type instanceof TypeVariable<?> variable) {
      Stream.of(variable.getBounds()).forEach(this::reach);
    }
  }
}
