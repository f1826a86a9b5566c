package kerf.kernel;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.aether.artifact.Artifact;

/** {@code %maven} and its like: what Maven finds goes on the class path of the cells. */
final class MavenMagics {
  private MavenRepository repository;

  private synchronized MavenRepository repository() {
    if (repository == null) {
      repository = new MavenRepository();
    }
    return repository;
  }

  Void add(JavaKernel kernel, List<String> coordinates) throws Exception {
    List<String> wanted = new ArrayList<>();
    for (String coordinate : coordinates) {
      String there = ClassPath.version(coordinate);
      if (there != null) {
        System.out.println(coordinate + ": the class path has version " + there + " already");
      } else {
        wanted.add(coordinate);
      }
    }
    if (coordinates.isEmpty()) {
      throw new IllegalArgumentException(
          "%maven takes group:artifact:version, such as org.apache.commons:commons-text:1.13.0");
    }
    if (!wanted.isEmpty()) {
      add(kernel, repository().resolve(wanted), String.join(" ", wanted));
    }
    return null;
  }

  Void repository(List<String> args) {
    if (args.size() != 2) {
      throw new IllegalArgumentException(
          "%mavenRepo takes a name and a URL, found " + String.join(" ", args));
    }
    repository().add(args.get(0), args.get(1));
    return null;
  }

  Void pom(JavaKernel kernel, List<String> args) throws Exception {
    if (args.size() != 1 || !Files.isRegularFile(Path.of(args.get(0)))) {
      throw new IllegalArgumentException(
          "%loadFromPOM takes the path of a pom.xml, found " + String.join(" ", args));
    }
    add(kernel, repository().resolvePom(Path.of(args.get(0))), args.get(0));
    return null;
  }

  /** Of a POM in the cell, or of {@code <dependency>} elements alone. */
  Void pom(JavaKernel kernel, List<String> args, String body) throws Exception {
    String pom =
        body.contains("<project")
            ? body
            : "<project><modelVersion>4.0.0</modelVersion><groupId>cell</groupId>"
                + "<artifactId>cell</artifactId><version>1</version>"
                + (body.contains("<dependencies>")
                    ? body
                    : "<dependencies>" + body + "</dependencies>")
                + "</project>";
    Path file = Files.createTempFile("kerf", ".xml");
    try {
      Files.writeString(file, pom.strip());
      add(kernel, repository().resolvePom(file), "%%loadFromPOM");
    } finally {
      Files.deleteIfExists(file);
    }
    return null;
  }

  private static void add(JavaKernel kernel, List<Artifact> found, String asked)
      throws IOException {
    List<Artifact> added =
        found.stream()
            .filter(
                each -> ClassPath.version(each.getGroupId() + ":" + each.getArtifactId()) == null)
            .toList();
    if (!added.isEmpty()) {
      kernel.addToClasspath(
          added.stream()
              .map(each -> each.getPath().toString())
              .collect(Collectors.joining(File.pathSeparator)));
    }
    System.out.println(
        asked
            + ": "
            + (added.isEmpty()
                ? "all of it is on the class path already"
                : added.stream()
                    .map(each -> each.getArtifactId() + " " + each.getVersion())
                    .collect(Collectors.joining(", ", "added ", ""))));
  }
}
