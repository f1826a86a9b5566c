package kerf.kernel;

import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis.Documentation;

/**
 * What there is to say about the name at the cursor: a variable's type, a method's signatures and
 * comments.
 */
final class Inspection {
  /** {@code double Math.hypot(double x, double y)}: owner, name, parameters. */
  private static final Pattern METHOD =
      Pattern.compile("((?:\\w+\\.)+)(?:<[^(]*>)?(\\w+)\\((.*)\\).*");

  private final JShell shell;
  private final ImportedWords words;
  private final ClassLoader loader;

  Inspection(JShell shell, ImportedWords words, ClassLoader loader) {
    this.shell = shell;
    this.words = words;
    this.loader = loader;
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
      return within(code.substring(0, cursor), detailed);
    }
    String name = code.substring(start, end);
    String upToName = code.substring(0, end);
    boolean qualified = start > 0 && code.charAt(start - 1) == '.';
    Optional<String> own = qualified ? Optional.empty() : variable(name).or(() -> words(name));
    return own
        // JShell documents a method within its call; open one for it.
        .or(() -> documentation(upToName + "(", detailed))
        .or(() -> documentation(upToName, detailed))
        .or(
            () ->
                Optional.ofNullable(
                    shell.sourceCodeAnalysis().analyzeType(upToName, upToName.length())))
        .or(() -> within(code.substring(0, cursor), detailed));
  }

  /** The call whose parentheses the text has opened. */
  private Optional<String> within(String code, boolean detailed) {
    int depth = 0;
    int at = code.length() - 1;
    while (at >= 0 && (code.charAt(at) != '(' || depth > 0)) {
      depth += code.charAt(at) == ')' ? 1 : code.charAt(at) == '(' ? -1 : 0;
      at--;
    }
    int end = Math.max(0, at);
    int start = end;
    while (start > 0 && Character.isJavaIdentifierPart(code.charAt(start - 1))) {
      start--;
    }
    boolean qualified = start > 0 && code.charAt(start - 1) == '.';
    Optional<String> word =
        qualified || start == end ? Optional.empty() : words(code.substring(start, end));
    return word.or(() -> documentation(code, detailed));
  }

  private Optional<String> variable(String name) {
    return shell
        .variables()
        .filter(variable -> variable.name().equals(name))
        .findFirst()
        .map(variable -> variable.typeName() + " " + name);
  }

  private Optional<String> words(String name) {
    List<String> told = words.named(name).stream().map(Inspection::told).distinct().toList();
    return told.isEmpty() ? Optional.empty() : Optional.of(String.join("\n\n", told));
  }

  private static String told(Member member) {
    List<String> parameters =
        member instanceof Method method
            ? Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).toList()
            : null;
    return Signatures.of(member)
        + Javadoc.of(member.getDeclaringClass(), member.getName(), parameters)
            .map(text -> "\n" + text)
            .orElse("");
  }

  private Optional<String> documentation(String code, boolean detailed) {
    List<Documentation> found =
        shell.sourceCodeAnalysis().documentation(code, code.length(), detailed);
    List<String> told = found.stream().map(this::told).distinct().toList();
    boolean spaced = told.stream().anyMatch(text -> text.contains("\n"));
    String text = told.stream().collect(Collectors.joining(spaced ? "\n\n" : "\n"));
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private String told(Documentation documentation) {
    String signature = Signatures.withoutRecordHeader(documentation.signature());
    String comment =
        documentation.javadoc() == null
            ? comment(signature).orElse("")
            : JavadocText.plain(documentation.javadoc());
    String brief = Signatures.brief(signature);
    return comment.isEmpty() ? brief : brief + "\n" + comment;
  }

  private Optional<String> comment(String signature) {
    Matcher method = METHOD.matcher(signature.substring(signature.indexOf(' ') + 1));
    if (!method.matches()) {
      return Optional.empty();
    }
    String owner = method.group(1).substring(0, method.group(1).length() - 1);
    List<String> types =
        method.group(3).isBlank()
            ? List.of()
            : Arrays.stream(method.group(3).replaceAll("<[^()]*?>+", "").split(",\\s*"))
                .map(parameter -> Javadoc.simple(parameter.strip().split("\\s+")[0]))
                .toList();
    return type(owner).flatMap(found -> Javadoc.of(found, method.group(2), types));
  }

  /** A class by its name in Java; nested ones have a dot there, too. */
  private Optional<Class<?>> type(String name) {
    String binary = name;
    while (true) {
      try {
        return Optional.of(Class.forName(binary, false, loader));
      } catch (ClassNotFoundException | LinkageError e) {
        int dot = binary.lastIndexOf('.');
        if (dot < 0) {
          return Optional.empty();
        }
        binary = binary.substring(0, dot) + "$" + binary.substring(dot + 1);
      }
    }
  }
}
