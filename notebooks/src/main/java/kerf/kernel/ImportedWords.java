package kerf.kernel;

import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;

/**
 * The members of classes of which a cell imports all ({@code import static kerf.notebook.Kerf.*}).
 * JShell knows them too, but for those that a class inherits from one that is not public.
 */
final class ImportedWords {
  private final JShell shell;
  private final ClassLoader loader;

  ImportedWords(JShell shell, ClassLoader loader) {
    this.shell = shell;
    this.loader = loader;
  }

  /**
   * The words that a prefix may become, as JShell writes them: {@code weights()}, {@code
   * sparsity(}, {@code GLOBAL}.
   *
   * @param owner the simple name of the class that stands before them, null for none
   */
  List<String> completions(String owner, String prefix) {
    return members(owner)
        .filter(member -> member.getName().startsWith(prefix))
        .map(ImportedWords::completion)
        .distinct()
        .sorted()
        .toList();
  }

  /** The members of a name, the shortest first; of methods, all of that name. */
  List<Member> named(String name) {
    return members(null)
        .filter(member -> member.getName().equals(name))
        .sorted(java.util.Comparator.comparingInt(ImportedWords::parameters))
        .toList();
  }

  private Stream<Member> members(String owner) {
    List<Class<?>> types =
        shell
            .imports()
            .filter(each -> each.isStatic() && each.fullname().endsWith(".*"))
            .map(this::type)
            .filter(Objects::nonNull)
            .toList();
    List<Member> members = new ArrayList<>();
    for (Class<?> type : types) {
      if (owner == null || owner.equals(type.getSimpleName())) {
        members.addAll(List.<Method>of(type.getMethods()));
        members.addAll(List.<Field>of(type.getFields()));
      }
    }
    return members.stream().filter(member -> Modifier.isStatic(member.getModifiers()));
  }

  private Class<?> type(ImportSnippet imported) {
    String name = imported.fullname();
    try {
      return Class.forName(name.substring(0, name.length() - ".*".length()), false, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }

  private static int parameters(Member member) {
    return member instanceof Executable executable ? executable.getParameterCount() : 0;
  }

  private static String completion(Member member) {
    return member instanceof Method method
        ? member.getName() + (method.getParameterCount() == 0 ? "()" : "(")
        : member.getName();
  }
}
