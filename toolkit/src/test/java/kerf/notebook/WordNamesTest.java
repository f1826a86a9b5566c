package kerf.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.nn.Block;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

/** A constant hides a class of the same name: {@code LSTM.builder()} is then no call of DJL's. */
class WordNamesTest {
  @Test
  void noConstantHasTheNameOfAClassOfTheLibrariesBesideIt() throws Exception {
    Set<String> constants =
        Arrays.stream(Kerf.class.getFields())
            .map(field -> field.getName())
            .collect(Collectors.toSet());
    assertThat(constants).contains("GLOBAL", "LINEAR");
    assertThat(classes(Block.class))
        .contains("LSTM", "Dropout")
        .doesNotContainAnyElementsOf(constants);
    assertThat(classes(Table.class)).contains("Table").doesNotContainAnyElementsOf(constants);
  }

  /** The simple names in the jar that a class is from. */
  private static Set<String> classes(Class<?> one) throws IOException, URISyntaxException {
    Path place = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (JarFile jar = new JarFile(place.toFile())) {
      return jar.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.endsWith(".class"))
          .map(name -> name.replaceAll(".*[/$]", "").replace(".class", ""))
          .collect(Collectors.toSet());
    }
  }
}
