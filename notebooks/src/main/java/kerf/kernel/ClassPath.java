package kerf.kernel;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** What the kernel was started with, in Maven's terms. */
final class ClassPath {
  private ClassPath() {}

  /**
   * The version of an artifact that is on the class path.
   *
   * @param coordinates {@code group:artifact}, whatever follows
   * @return null when it is not there
   */
  static String version(String coordinates) {
    String[] parts = coordinates.split(":");
    if (parts.length < 2) {
      return null;
    }
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      String version = version(Path.of(entry).toAbsolutePath(), parts[0], parts[1]);
      if (version != null) {
        return version;
      }
    }
    return null;
  }

  private static String version(Path jar, String group, String artifact) {
    String file = String.valueOf(jar.getFileName());
    if (!file.startsWith(artifact + "-") || !file.endsWith(".jar")) {
      return null;
    }
    // In a local repository the folders say it; elsewhere the jar itself may.
    Path version = jar.getParent();
    Path folder = Path.of(group.replace('.', '/'), artifact);
    if (version.getParent() != null && version.getParent().endsWith(folder)) {
      return version.getFileName().toString();
    }
    try (JarFile opened = new JarFile(jar.toFile())) {
      JarEntry entry =
          opened.getJarEntry("META-INF/maven/" + group + "/" + artifact + "/pom.properties");
      if (entry == null) {
        return null;
      }
      try (InputStream stream = opened.getInputStream(entry)) {
        Properties properties = new Properties();
        properties.load(stream);
        return properties.getProperty("version");
      }
    } catch (IOException e) {
      return null;
    }
  }
}
