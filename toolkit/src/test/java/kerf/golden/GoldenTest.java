package kerf.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kerf.storage.Npy;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every golden case of every operation that has a runner, from the folder named by the system
 * property {@code kerf.golden} or, without one, from the test resources.
 */
class GoldenTest {
  private static final Map<String, GoldenRunner> RUNNERS = runners();

  /** The runners of all families; each family adds a line. */
  private static Map<String, GoldenRunner> runners() {
    Map<String, GoldenRunner> runners = new TreeMap<>();
    runners.putAll(PruneRunners.ALL);
    runners.putAll(MaskedRunners.ALL);
    runners.putAll(QuantRunners.ALL);
    runners.putAll(QatRunners.ALL);
    runners.putAll(QuantizedNetworkRunners.ALL);
    runners.putAll(DynamicRunners.ALL);
    runners.putAll(CriterionRunners.ALL);
    runners.putAll(PaperPruningRunners.ALL);
    runners.putAll(CurvatureRunners.ALL);
    runners.putAll(SharingRunners.ALL);
    runners.putAll(LowBitRunners.ALL);
    runners.putAll(DistillRunners.ALL);
    return runners;
  }

  @TestFactory
  Stream<DynamicNode> everyCaseOfAnOperationThatIsBuilt() {
    return GoldenCase.all(folder()).stream()
        .filter(golden -> RUNNERS.containsKey(golden.operation()))
        .collect(Collectors.groupingBy(GoldenCase::operation, TreeMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(
            operation ->
                dynamicContainer(
                    "%s: %d cases".formatted(operation.getKey(), operation.getValue().size()),
                    operation.getValue().stream().map(GoldenTest::test)));
  }

  @Test
  void everyOperationHasARunnerOrIsPending() {
    Set<String> missing = operations(folder());
    missing.removeAll(RUNNERS.keySet());
    missing.removeAll(pending());

    assertThat(missing).as("operations with neither a runner nor a line in pending.txt").isEmpty();
  }

  @Test
  void nothingIsPendingThatIsBuiltOrThatNoCaseAsksFor() {
    Set<String> expected = operations(resource("/golden"));
    expected.removeAll(RUNNERS.keySet());

    assertThat(pending()).as("lines of pending.txt").containsExactlyInAnyOrderElementsOf(expected);
  }

  private static DynamicNode test(GoldenCase golden) {
    return dynamicTest(
        golden.name(), () -> assertThat(complaints(golden)).as(golden.name()).isEmpty());
  }

  private static Map<String, String> complaints(GoldenCase golden) {
    Map<String, Npy> expected = golden.expected();
    assertThat(expected).isNotEmpty();
    Map<String, Npy> results = RUNNERS.get(golden.operation()).run(golden);
    Map<String, String> complaints = new LinkedHashMap<>();
    assertThat(results).as("results").containsKeys(expected.keySet().toArray(String[]::new));
    expected.forEach(
        (name, want) -> {
          String complaint = golden.tolerance(name).complaint(results.get(name), want);
          if (!complaint.isEmpty()) {
            complaints.put(name, complaint);
          }
        });
    return complaints;
  }

  private static Set<String> operations(Path folder) {
    return GoldenCase.all(folder).stream()
        .map(GoldenCase::operation)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> pending() {
    try {
      return Files.readAllLines(resource("/kerf/golden/pending.txt")).stream()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Path folder() {
    String named = System.getProperty("kerf.golden", "");
    return named.isBlank() ? resource("/golden") : Path.of(named);
  }

  private static Path resource(String name) {
    try {
      return Path.of(GoldenTest.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
