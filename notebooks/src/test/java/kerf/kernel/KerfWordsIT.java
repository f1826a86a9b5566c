package kerf.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kerf.notebook.Kerf;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.Test;

/** Every word of the toolkit, as a cell sees it; needs the packaged toolkit and its sources. */
class KerfWordsIT {
  private final Outbox outbox = new Outbox();
  private final JavaKernel kernel = new JavaKernel(new KernelIO(outbox));

  @Test
  void everyWordCompletesAndIsExplained() throws Failure {
    kernel.runner().begin(Request.none(outbox));
    kernel.run("import static kerf.notebook.Kerf.*;", 1);
    Map<String, String> missing = new TreeMap<>();
    Set<String> words = words();
    for (String word : words) {
      String half = word.substring(0, (word.length() + 1) / 2);
      if (kernel.matches("pruning().criterion(" + half, 20 + half.length()).texts().stream()
          .noneMatch(text -> text.replaceFirst("\\(.*", "").equals(word))) {
        missing.put(word, "does not complete");
      }
      String text = inspected(word);
      if (!text.contains(" " + word) || text.lines().count() < 2) {
        missing.put(word, "is not explained: " + text);
      } else if (text.lines().findFirst().orElse("").contains("kerf.")) {
        missing.put(word, "has a long signature: " + text);
      }
    }
    assertThat(words).hasSizeGreaterThan(100).contains("pruning", "adam", "GLOBAL");
    assertThat(missing).isEmpty();
  }

  @Test
  void explainsAWordByItsSignatureAndItsComment() throws Failure {
    kernel.runner().begin(Request.none(outbox));
    kernel.run("import static kerf.notebook.Kerf.*;", 1);
    assertThat(inspected("lp"))
        .startsWith("Norm lp(double order)\n")
        .contains("  order: the order: positive, or minus infinity");
    assertThat(inspected("pruning().sparsity"))
        .startsWith("Pruning Pruning.sparsity(double fraction)\n")
        .contains("fraction: in [0, 1)");
  }

  private String inspected(String code) {
    DisplayData data = kernel.inspect(code, code.length(), false);
    return data == null ? "" : String.valueOf(data.getData(MIMEType.TEXT_PLAIN));
  }

  private static Set<String> words() {
    Stream<Member> members =
        Stream.concat(
            Arrays.<Method>stream(Kerf.class.getMethods()),
            Arrays.<Field>stream(Kerf.class.getFields()));
    return members
        .filter(member -> Modifier.isStatic(member.getModifiers()))
        .map(Member::getName)
        .collect(Collectors.toSet());
  }
}
