package kerf.export;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import kerf.storage.AtomicFile;

/**
 * Where ONNX Runtime's native libraries are kept. Left alone it unpacks 22 MB into a new temporary
 * folder for each process, which stays when the process is killed. Here they are unpacked once for
 * each version, under {@code ~/.kerf}: a file appears there whole, so processes that start at once
 * do not meet.
 */
final class NativeFolder {
  private static final String PROPERTY = "onnxruntime.native.path";
  private static final String[] LIBRARIES = {"onnxruntime", "onnxruntime4j_jni"};

  private NativeFolder() {}

  /**
   * Has ONNX Runtime load from there, unless its property says from where; before its first use.
   */
  static void use() {
    if (System.getProperty(PROPERTY) == null) {
      unpacked(Path.of(System.getProperty("user.home"), ".kerf", "onnxruntime"))
          .ifPresent(folder -> System.setProperty(PROPERTY, folder.toString()));
    }
  }

  /** The temporary folders that ONNX Runtime makes, whether it puts something into them or not. */
  static Set<Path> temporary() {
    Set<Path> folders = new HashSet<>();
    Path all = Path.of(System.getProperty("java.io.tmpdir"));
    try (DirectoryStream<Path> each = Files.newDirectoryStream(all, "onnxruntime-java*")) {
      each.forEach(folders::add);
    } catch (IOException | DirectoryIteratorException e) {
      return Set.of();
    }
    return folders;
  }

  /** Removes those that came since, if they are empty: they would outlast a process that dies. */
  static void leaveOut(Set<Path> before) {
    for (Path folder : temporary()) {
      if (!before.contains(folder)) {
        // What is not empty stays.
        folder.toFile().delete();
      }
    }
  }

  /**
   * Unpacks what is not there yet.
   *
   * @param home where folders of all versions are
   * @return the folder of this version; empty if the class path has no libraries for this platform
   *     in a jar, or the disk refuses: then ONNX Runtime looks for a place itself
   */
  static Optional<Path> unpacked(Path home) {
    try {
      Path folder = home;
      for (String library : LIBRARIES) {
        Optional<ZipEntry> entry = entry(library);
        if (entry.isEmpty()) {
          return Optional.empty();
        }
        // Checksums name the version: what lies in a folder of that name can only be this.
        folder =
            folder.equals(home)
                ? home.resolve("%s-%08x".formatted(platform(), entry.get().getCrc()))
                : folder;
        unpack(library, entry.get(), folder.resolve(System.mapLibraryName(library)));
      }
      return Optional.of(folder);
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private static void unpack(String library, ZipEntry entry, Path file) throws IOException {
    if (Files.isRegularFile(file) && crc(file) == entry.getCrc()) {
      return;
    }
    try (InputStream in = resource(library).openStream()) {
      AtomicFile.write(file, in::transferTo);
    }
  }

  /** The checksum of a file, as archives have it. */
  static long crc(Path file) throws IOException {
    CRC32 crc = new CRC32();
    try (InputStream in = new CheckedInputStream(Files.newInputStream(file), crc)) {
      byte[] buffer = new byte[1 << 16];
      int read = 0;
      while (read >= 0) {
        read = in.read(buffer);
      }
    }
    return crc.getValue();
  }

  private static Optional<ZipEntry> entry(String library) throws IOException {
    URL resource = resource(library);
    URLConnection connection = resource == null ? null : resource.openConnection();
    return connection instanceof JarURLConnection jar
        ? Optional.ofNullable(jar.getJarEntry())
        : Optional.empty();
  }

  private static URL resource(String library) {
    return OrtEnvironment.class.getResource(
        "/ai/onnxruntime/native/" + platform() + "/" + System.mapLibraryName(library));
  }

  /** As ONNX Runtime calls it. */
  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String os = system.contains("mac") ? "osx" : system.contains("win") ? "win" : "linux";
    return os + (processor.matches("amd64|x86_64") ? "-x64" : "-" + processor);
  }
}
