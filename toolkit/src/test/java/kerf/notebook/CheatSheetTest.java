package kerf.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of all words is whole, its examples compile, and the committed copy is current. */
class CheatSheetTest {
  private static final Path PAGE = Path.of("../notebooks/CHEATSHEET.md");

  @Test
  void everyWordHasAnExampleThatUsesIt() throws IOException {
    var examples = CheatSheet.examples();
    assertThat(examples.keySet()).containsExactlyInAnyOrderElementsOf(words());
    examples.forEach(
        (word, lines) ->
            assertThat(lines).allSatisfy(line -> assertThat(line).containsPattern(word + "\\b")));
  }

  @Test
  void everyWordStandsUnderATopic() throws IOException {
    Set<String> named =
        CheatSheet.topics().stream()
            .flatMap(topic -> topic.words().keySet().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(named).isEqualTo(words());
  }

  @Test
  void theExamplesCompile(@TempDir Path folder) throws IOException {
    assertThat(CheatSheet.complaints(folder)).isEmpty();
  }

  @Test
  void theCommittedPageIsCurrent() throws IOException {
    String page = CheatSheet.page();
    if (Boolean.getBoolean("kerf.write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE)
        .as("notebooks/CHEATSHEET.md; to renew it, run CheatSheetTest with -Dkerf.write=true")
        .hasContent(page);
  }

  /** The public static methods and constants that the import brings. */
  private static Set<String> words() {
    return Stream.concat(
            Arrays.stream(Kerf.class.getMethods()), Arrays.stream(Kerf.class.getFields()))
        .filter(member -> Modifier.isStatic(member.getModifiers()))
        .map(java.lang.reflect.Member::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
