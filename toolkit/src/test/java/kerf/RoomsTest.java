package kerf;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The walls between the rooms (packages) of the toolkit. */
class RoomsTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("kerf");

  @Test
  void roomsHaveNoCycles() {
    slices().matching("kerf.(*)..").should().beFreeOfCycles().check(CLASSES);
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
