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
    if (start == end) {
      return documentation(code.substring(0, cursor), detailed);
    }
    String upToName = code.substring(0, end);
    boolean qualified = start > 0 && code.charAt(start - 1) == '.';
    Optional<String> variable = qualified ? Optional.empty() : variable(code.substring(start, end));
    return variable
        // JShell documents a method within its call; open one for it.
        .or(() -> documentation(upToName + "(", detailed))
        .or(() -> documentation(upToName, detailed))
        .or(
            () ->
                Optional.ofNullable(
                    shell.sourceCodeAnalysis().analyzeType(upToName, upToName.length())))
        .or(() -> documentation(code.substring(0, cursor), detailed));
  }

  private Optional<String> variable(String name) {
    return shell
        .variables()
        .filter(variable -> variable.name().equals(name))
        .findFirst()
        .map(variable -> variable.typeName() + " " + name);
  }

  private Optional<String> documentation(String code, boolean detailed) {
    List<Documentation> found =
        shell.sourceCodeAnalysis().documentation(code, code.length(), detailed);
    String text =
        found.stream()
            .map(d -> d.javadoc() == null ? d.signature() : d.signature() + "\n" + d.javadoc())
            .distinct()
            .collect(Collectors.joining(detailed ? "\n\n" : "\n"));
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
