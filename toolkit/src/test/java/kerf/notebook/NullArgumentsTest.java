package kerf.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kerf.data.Normalization;
import kerf.experiment.robustness.RobustnessResults;
import kerf.experiment.structured.StructuredResults;
import kerf.granularity.Granularity;
import kerf.observer.Observer;
import kerf.observer.ObserverState;
import kerf.pruning.Goal;
import kerf.scheme.Spread;
import kerf.trace.Operator;
import kerf.training.Penalty;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Null in place of each argument of each method that a cell can call. Methods are found, not
 * listed: a new one is tested as soon as it is there.
 */
class NullArgumentsTest {
  private static final PublicMethods PUBLIC = PublicMethods.all();

  /** Rules that plans hold and Kerf's algorithms call, with what they have made themselves. */
  private static final Set<Class<?>> CALLED_BACK =
      Set.of(
          Goal.class,
          Granularity.class,
          Normalization.class,
          Observer.class,
          ObserverState.class,
          Operator.class,
          Penalty.Term.class,
          Spread.class);

  /** Results that exist only of a whole run; their own tests hand them null. */
  private static final Set<Class<?>> NEEDS_A_RUN =
      Set.of(RobustnessResults.class, StructuredResults.class);

  @TestFactory
  Stream<DynamicTest> everyPublicMethodRefusesNull() {
    return PUBLIC.methods().stream()
        .filter(NullArgumentsTest::forCells)
        .flatMap(
            method ->
                IntStream.range(0, method.getParameterCount())
                    .filter(place -> !method.getParameterTypes()[place].isPrimitive())
                    .mapToObj(
                        place ->
                            DynamicTest.dynamicTest(
                                name(method, place), () -> refuses(method, place))));
  }

  /** What a cell hands over for Kerf to call is not for cells, and no value that none can hold. */
  static boolean forCells(Method method) {
    Class<?> type = method.getDeclaringClass();
    return Stream.of("kerf.display.", "kerf.tensor.").noneMatch(type.getName()::startsWith)
        && (Modifier.isStatic(method.getModifiers())
            || CALLED_BACK.stream().noneMatch(each -> each.isAssignableFrom(type)))
        && !NEEDS_A_RUN.contains(type)
        && Stream.of(method.getParameterTypes()).allMatch(PUBLIC::reachable);
  }

  private static void refuses(Method method, int place) throws IllegalAccessException {
    Object receiver =
        Modifier.isStatic(method.getModifiers()) ? null : Examples.of(method.getDeclaringClass());
    Object[] arguments =
        IntStream.range(0, method.getParameterCount())
            .mapToObj(i -> i == place ? null : Examples.of(method.getParameterTypes()[i]))
            .toArray();
    method.setAccessible(true);
    try {
      Object answer = method.invoke(receiver, arguments);
      fail("null was accepted, and gave " + answer);
    } catch (InvocationTargetException e) {
      assertThat(e.getCause()).isInstanceOf(IllegalArgumentException.class);
      assertThat(e.getCause()).hasMessageContaining("found null");
    }
  }

  private static String name(Method method, int place) {
    Parameter parameter = method.getParameters()[place];
    return "%s.%s(%s) %s"
        .formatted(
            method.getDeclaringClass().getName(),
            method.getName(),
            String.join(
                ", ", Stream.of(method.getParameterTypes()).map(Class::getSimpleName).toList()),
            parameter.getName());
  }
}
