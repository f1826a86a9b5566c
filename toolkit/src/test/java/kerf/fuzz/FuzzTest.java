package kerf.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is done to a file, its reader refuses it with the file's name and a cure, or reads it;
 * and where the file carries a digest, never as other values. A JVM that dies leaves the file that
 * ended it in {@code target/fuzz}.
 *
 * <p>Properties: {@code kerf.fuzz.edits} a format, {@code kerf.fuzz.seed}, {@code kerf.fuzz.format}
 * (names with commas between), {@code kerf.fuzz.first} (the number of the first edit, to see one
 * again).
 */
class FuzzTest {
  /** The same in every build; asked for without a number, another each time. */
  private static final long SEED =
      System.getProperty("kerf.fuzz.seed") == null
          ? 1
          : Long.parseLong(property("seed", Long.toString(System.currentTimeMillis())));

  static List<Format> formats() {
    return Formats.named(property("format", ""));
  }

  private static String property(String name, String otherwise) {
    String value = System.getProperty("kerf.fuzz." + name, "");
    return value.isBlank() ? otherwise : value;
  }

  @ParameterizedTest
  @MethodSource("formats")
  void everyEditIsRefusedOrRead(Format format) throws Exception {
    int edits = Integer.parseInt(property("edits", "2000"));
    Path folder = Files.createDirectories(Path.of("target", "fuzz"));
    Fuzzer fuzzer = new Fuzzer(format, SEED, folder);
    fuzzer.run(Integer.parseInt(property("first", "0")), edits);
    System.out.println(fuzzer);
    assertThat(fuzzer.findings()).as(fuzzer.toString()).isEmpty();
    assertThat(edits < 100 || fuzzer.refused() > edits / 20).as(fuzzer.toString()).isTrue();
  }
}
