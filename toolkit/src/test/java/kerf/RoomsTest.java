package kerf;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The walls between the rooms (packages) of the toolkit. */
class RoomsTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("kerf");

  private static final Pattern NAME = Pattern.compile("`(\\w+)`");

  @Test
  void theReadmeListsEveryRoomOnce() throws IOException {
    assertThat(rooms())
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            CLASSES.stream().map(RoomsTest::room).collect(Collectors.toSet()));
  }

  /** An order of all rooms leaves no cycles either. */
  @Test
  void aRoomImportsOnlyThoseAboveItInTheReadme() throws IOException {
    List<String> rooms = rooms();
    assertThat(
            CLASSES.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(
                    dependency -> dependency.getTargetClass().getPackageName().startsWith("kerf."))
                .filter(
                    dependency ->
                        rooms.indexOf(room(dependency.getTargetClass()))
                            > rooms.indexOf(room(dependency.getOriginClass())))
                .map(Dependency::getDescription))
        .isEmpty();
  }

  /** The names in the first column of the table of rooms in toolkit/README.md. */
  private static List<String> rooms() throws IOException {
    return Files.readAllLines(Path.of("README.md")).stream()
        .dropWhile(line -> !line.startsWith("| room |"))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .flatMap(line -> NAME.matcher(line.split("\\|")[1]).results())
        .map(name -> name.group(1))
        .toList();
  }

  private static String room(JavaClass type) {
    return type.getPackageName().split("\\.")[1];
  }

  @Test
  void onlyTheTensorRoomReachesTheEngineAndItsMemory() {
    noClasses()
        .that()
        .resideOutsideOfPackage("kerf.tensor..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("ai.djl.pytorch..")
                .or(resideInAPackage("ai.djl.ndarray..").and(simpleName("NDManager"))))
        .check(CLASSES);
  }

  @Test
  void onlyTheTableRoomBuildsColumns() {
    noClasses()
        .that()
        .resideOutsideOfPackages("kerf.table..", "kerf.plot..")
        .should()
        .dependOnClassesThat(resideInAPackage("tech.tablesaw..").and(not(simpleName("Table"))))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void onlyThePlotRoomDraws() {
    noClasses()
        .that()
        .resideOutsideOfPackage("kerf.plot..")
        .should()
        .dependOnClassesThat(resideInAPackage("org.knowm.xchart..").and(not(simpleName("Chart"))))
        .check(CLASSES);
  }

  @Test
  void onlyTheExportRoomKnowsOnnx() {
    noClasses()
        .that()
        .resideOutsideOfPackage("kerf.export..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("ai.onnx..")
                .or(resideInAPackage("ai.onnxruntime.."))
                .or(resideInAPackage("com.google.protobuf..")))
        .check(CLASSES);
  }

  @Test
  void onlyTheNotebookRoomKnowsAKernel() {
    noClasses()
        .that()
        .resideOutsideOfPackage("kerf.notebook..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.dflib.jjava..").or(resideInAPackage("io.github.spencerpark..")))
        .check(CLASSES);
  }

  @Test
  void theDisplayRoomNeedsNothingButJava() {
    classes()
        .that()
        .resideInAPackage("kerf.display..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("kerf.display..", "java..")
        .check(CLASSES);
  }
}
