package kerf.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every notebook says in its head what it teaches, whom, and how long it takes. */
class NotebookTextTest {

  @TestFactory
  Stream<DynamicTest> headAndEndSayWhatOneLearns() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(""))) {
      return files.filter(file -> file.toString().endsWith(".ipynb")).sorted().toList().stream()
          .map(file -> DynamicTest.dynamicTest(file.toString(), () -> says(file)));
    }
  }

  private static void says(Path notebook) throws IOException {
    JsonArray cells =
        JsonParser.parseString(Files.readString(notebook))
            .getAsJsonObject()
            .getAsJsonArray("cells");
    assertThat(text(cells.get(0)))
        .startsWith("# ")
        .contains("*You need to know:*", "*Afterwards you know:*", "*It takes");
    assertThat(cells.asList().stream().map(NotebookTextTest::text))
        .anyMatch(text -> text.contains("## What you have learned"));
  }

  private static String text(JsonElement cell) {
    JsonElement source = cell.getAsJsonObject().get("source");
    return source.isJsonArray()
        ? StreamSupport.stream(source.getAsJsonArray().spliterator(), false)
            .map(JsonElement::getAsString)
            .collect(Collectors.joining())
        : source.getAsString();
  }
}
