package kerf.kernel;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.model.Model;
import org.apache.maven.model.Parent;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession.CloseableSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.repository.WorkspaceReader;
import org.eclipse.aether.repository.WorkspaceRepository;
import org.eclipse.aether.resolution.ArtifactDescriptorRequest;
import org.eclipse.aether.resolution.ArtifactDescriptorResult;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.supplier.SessionBuilderSupplier;
import org.eclipse.aether.util.repository.JreProxySelector;

/**
 * Maven's own resolver, on Maven Central and the local repository: what is in the latter needs no
 * network.
 */
final class MavenRepository {
  private final RepositorySystem system = new RepositorySystemSupplier().get();
  private final List<RemoteRepository> remotes =
      new ArrayList<>(List.of(remote("central", "https://repo.maven.apache.org/maven2/")));

  /** A further repository to look in, after those that are known. */
  void add(String name, String url) {
    remotes.add(remote(name, url));
  }

  /** The artifacts of coordinates and all that they need at run time. */
  List<Artifact> resolve(List<String> coordinates) {
    List<Dependency> wanted = new ArrayList<>();
    for (String each : coordinates) {
      if (each.split(":").length < 3) {
        throw new IllegalArgumentException(
            "a Maven artifact is group:artifact:version, found " + each);
      }
      wanted.add(new Dependency(new DefaultArtifact(each), "runtime"));
    }
    CollectRequest request = new CollectRequest(wanted, List.of(), remotes);
    return resolve(request, String.join(" ", coordinates), null);
  }

  /** What the dependencies of a POM need at run time. */
  List<Artifact> resolvePom(Path pom) throws IOException {
    Artifact self = artifact(pom);
    WorkspaceReader workspace = new OnePom(self, pom.toFile());
    try (CloseableSession session = session(workspace)) {
      ArtifactDescriptorResult descriptor =
          system.readArtifactDescriptor(
              session, new ArtifactDescriptorRequest(self, remotes, null));
      CollectRequest request =
          new CollectRequest(
              descriptor.getDependencies().stream()
                  .filter(each -> !List.of("test", "provided").contains(each.getScope()))
                  .toList(),
              descriptor.getManagedDependencies(),
              remotes);
      descriptor.getRepositories().forEach(request::addRepository);
      return resolve(request, pom.toString(), workspace);
    } catch (RepositoryException e) {
      throw refused(pom.toString(), e);
    }
  }

  private List<Artifact> resolve(CollectRequest request, String asked, WorkspaceReader workspace) {
    try (CloseableSession session = session(workspace)) {
      return system
          .resolveDependencies(session, new DependencyRequest(request, null))
          .getArtifactResults()
          .stream()
          .map(ArtifactResult::getArtifact)
          .toList();
    } catch (RepositoryException e) {
      throw refused(asked, e);
    }
  }

  /** One sentence, of the innermost cause that names an artifact. */
  private static IllegalArgumentException refused(String asked, RepositoryException thrown) {
    String reason = thrown.getMessage();
    for (Throwable next = thrown; next != null; next = next.getCause()) {
      if (next instanceof RepositoryException && next.getMessage() != null) {
        reason = next.getMessage();
      }
    }
    return new IllegalArgumentException(asked + " cannot be loaded: " + reason, thrown);
  }

  private CloseableSession session(WorkspaceReader workspace) {
    return new SessionBuilderSupplier(system)
        .get()
        .withLocalRepositoryBaseDirectories(local())
        .setSystemProperties(System.getProperties())
        .setProxySelector(new JreProxySelector())
        .setWorkspaceReader(workspace)
        .build();
  }

  private static Path local() {
    String set = System.getProperty("maven.repo.local");
    return set != null
        ? Path.of(set)
        : Path.of(System.getProperty("user.home"), ".m2", "repository");
  }

  private static RemoteRepository remote(String name, String url) {
    return new RemoteRepository.Builder(name, "default", url).build();
  }

  private static Artifact artifact(Path pom) throws IOException {
    try (Reader reader = Files.newBufferedReader(pom)) {
      Model model = new MavenXpp3Reader().read(reader);
      Parent parent = model.getParent() == null ? new Parent() : model.getParent();
      return new DefaultArtifact(
          model.getGroupId() == null ? parent.getGroupId() : model.getGroupId(),
          model.getArtifactId(),
          "pom",
          model.getVersion() == null ? parent.getVersion() : model.getVersion());
    } catch (XmlPullParserException e) {
      throw new IllegalArgumentException(pom + " is no POM: " + e.getMessage(), e);
    }
  }

  /** Lets the resolver find a POM that is in no repository. */
  private record OnePom(Artifact self, File file) implements WorkspaceReader {
    @Override
    public WorkspaceRepository getRepository() {
      return new WorkspaceRepository("cell");
    }

    @Override
    public File findArtifact(Artifact artifact) {
      return artifact.getExtension().equals("pom")
              && artifact.getArtifactId().equals(self.getArtifactId())
              && artifact.getGroupId().equals(self.getGroupId())
          ? file
          : null;
    }

    @Override
    public List<String> findVersions(Artifact artifact) {
      return List.of();
    }
  }
}
