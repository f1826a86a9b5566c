package kerf.kernel;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis.Documentation;

/** What there is to say about the name at the cursor: a variable's type, a method's signatures. */
final class Inspection {
  private final JShell shell;

  Inspection(JShell shell) {
    this.shell = shell;
  }

  /** Plain text; empty when nothing is known. */
  Optional<String> inspect(String code, int cursor, boolean detailed) {
    int end = cursor;
    while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
      end++;
    }
    int start = end;
    while (start > 0 && Character.isJavaIdentifierPart(code.charAt(start - 1))) {
      start--;
    }
    String name = code.substring(start, end);
    boolean qualified = start > 0 && code.charAt(start - 1) == '.';
    if (!name.isEmpty() && !qualified) {
      Optional<String> variable =
          shell
              .variables()
              .filter(v -> v.name().equals(name))
              .findFirst()
              .map(v -> v.typeName() + " " + name);
      if (variable.isPresent()) {
        return variable;
      }
    }
    Optional<String> called =
        name.isEmpty() ? Optional.empty() : of(code.substring(0, end) + "(", detailed);
    return called
        .or(() -> of(code.substring(0, cursor), detailed))
        .or(() -> name.isEmpty() ? Optional.empty() : of(code.substring(0, cursor), detailed))
        .or(() -> type(code.substring(0, name.isEmpty() ? cursor : cursorEnd(code, cursor))));
  }

  private static int cursorEnd(String code, int cursor) {
    int end = cursor;
    while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
      end++;
    }
    return end;
  }

  private Optional<String> of(String code, boolean detailed) {
    List<Documentation> found =
        shell.sourceCodeAnalysis().documentation(code, code.length(), detailed);
    String text =
        found.stream()
            .map(d -> d.javadoc() == null ? d.signature() : d.signature() + "\n" + d.javadoc())
            .distinct()
            .collect(Collectors.joining(detailed ? "\n\n" : "\n"));
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private Optional<String> type(String code) {
    String type = shell.sourceCodeAnalysis().analyzeType(code, code.length());
    return Optional.ofNullable(type);
  }
}
