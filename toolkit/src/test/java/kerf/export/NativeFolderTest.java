package kerf.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeFolderTest {
  @TempDir Path home;

  private static List<Path> files(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void librariesAreUnpackedOnce() throws IOException {
    Path folder = NativeFolder.unpacked(home).orElseThrow();
    Path library = folder.resolve(System.mapLibraryName("onnxruntime"));
    assertThat(files(home)).containsExactly(folder);
    assertThat(files(folder))
        .containsExactly(library, folder.resolve(System.mapLibraryName("onnxruntime4j_jni")));
    Object first = Files.readAttributes(library, "*").get("fileKey");
    assertThat(NativeFolder.unpacked(home)).contains(folder);
    assertThat(Files.readAttributes(library, "*").get("fileKey")).isEqualTo(first);
  }

  @Test
  void aDamagedLibraryIsReplaced() throws IOException {
    Path folder = NativeFolder.unpacked(home).orElseThrow();
    Path library = folder.resolve(System.mapLibraryName("onnxruntime4j_jni"));
    long whole = NativeFolder.crc(library);
    Files.write(library, new byte[100]);
    NativeFolder.unpacked(home);
    assertThat(NativeFolder.crc(library)).isEqualTo(whole);
  }

  @Test
  void severalAtOnce() throws IOException {
    assertThat(IntStream.range(0, 4).parallel().mapToObj(i -> NativeFolder.unpacked(home)))
        .allMatch(folder -> folder.isPresent());
    assertThat(files(files(home).get(0))).hasSize(2);
  }

  /** Where the disk refuses, ONNX Runtime finds a place itself. */
  @Test
  void noFolder() throws IOException {
    Path file = Files.createFile(home.resolve("file"));
    assertThat(NativeFolder.unpacked(file)).isEmpty();
  }

  @Test
  void onnxRuntimeLoadsFromThere() {
    NativeFolder.use();
    assertThat(System.getProperty("onnxruntime.native.path")).contains("onnxruntime");
  }

  @Test
  void emptyTemporaryFoldersAreRemoved() throws IOException {
    Path old = Files.createTempDirectory("onnxruntime-java");
    Set<Path> before = NativeFolder.temporary();
    Path empty = Files.createTempDirectory("onnxruntime-java");
    Path used = Files.createTempDirectory("onnxruntime-java");
    Path file = Files.createFile(used.resolve("library"));
    NativeFolder.leaveOut(before);
    assertThat(empty).doesNotExist();
    assertThat(old).exists();
    assertThat(file).exists();
    Files.delete(file);
    Files.delete(used);
    Files.delete(old);
  }
}
