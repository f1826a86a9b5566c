package kerf.trace;

import ai.djl.ndarray.NDArray;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what cannot be traced, and which line asked for it. */
final class Refusal {
  private static final Set<Class<?>> OURS =
      Set.of(
          Refusal.class,
          Tracer.class,
          Symbol.class,
          Recorder.class,
          ArrayCalls.class,
          EngineCalls.class,
          MemoryCalls.class);

  private static final Pattern LAMBDA = Pattern.compile("lambda\\$(.*)\\$\\d+");

  private Refusal() {}

  /** The error for a call of an operator that a graph cannot hold. */
  static IllegalArgumentException of(String operator, String reason) {
    return new IllegalArgumentException(
        "cannot trace operator '%s', called at %s: %s".formatted(operator, caller(), reason));
  }

  /** The error for an operator without a record. */
  static IllegalArgumentException unknown(String operator) {
    return of(
        operator,
        "a graph knows convolution, linear, batchNorm, lstm, dropout, activations, pooling, add,"
            + " mul, clip, concat, reshape, transpose and get; write the block with those");
  }

  /** The error for an operator that a graph knows in another form. */
  static IllegalArgumentException form(String operator, String known, Object... arguments) {
    Object first = arguments == null || arguments.length == 0 ? null : arguments[0];
    String found =
        first == null
            ? "an array alone"
            : first instanceof Number
                ? "an array and a number"
                : first instanceof NDArray ? "two arrays" : "an array and " + first;
    return of(
        operator,
        "a graph knows %s of %s, found %s; write the block with what it knows"
            .formatted(operator, known, found));
  }

  /** The error for looking at values. */
  static IllegalArgumentException values(String method) {
    return of(
        method,
        "it looks at values, and a graph is the same for all values; compute with operators alone");
  }

  /**
   * The nearest line of the user's, or of DJL's own blocks where an operator comes straight from
   * one of them.
   */
  private static String caller() {
    return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
        .walk(
            frames -> {
              String framework = "an unknown line";
              boolean left = false;
              boolean found = false;
              for (StackWalker.StackFrame frame :
                  (Iterable<StackWalker.StackFrame>) frames::iterator) {
                String name = frame.getClassName();
                if (OURS.contains(frame.getDeclaringClass())) {
                  if (left && frame.getDeclaringClass() == Tracer.class) {
                    break;
                  }
                } else if (!name.matches("(java|jdk|sun|com\\.sun)\\..*|.*\\$Proxy\\d+")) {
                  left = true;
                  if (!name.matches("ai\\.djl\\.(ndarray|nn|pytorch)\\..*")) {
                    return text(frame);
                  }
                  if (!found && !name.startsWith("ai.djl.ndarray.")) {
                    found = true;
                    framework = text(frame);
                  }
                }
              }
              return framework;
            });
  }

  private static String text(StackWalker.StackFrame frame) {
    Matcher lambda = LAMBDA.matcher(frame.getMethodName());
    String method = lambda.matches() ? lambda.group(1) : frame.getMethodName();
    String type = frame.getClassName().substring(frame.getClassName().lastIndexOf('.') + 1);
    return "%s.%s (%s:%d)".formatted(type, method, frame.getFileName(), frame.getLineNumber());
  }
}
