package dev.mneme;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.mneme.unit.Bits;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules of the house: which package may know which, and what the library never does.
class ArchitectureTest {
  private static final List<String> MEASURED =
      List.of("unit", "random", "data", "model", "engine", "training", "measure");

  /// Every package with those it may use; a package stands only on those above it.
  private static final Map<String, List<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("unit", List.of()),
          Map.entry("random", List.of()),
          Map.entry("data", List.of("unit", "random")),
          Map.entry("model", List.of("unit", "random")),
          Map.entry("engine", List.of("unit", "random", "data", "model")),
          Map.entry("training", List.of("unit", "random", "data", "model", "engine")),
          Map.entry("measure", MEASURED.subList(0, MEASURED.size() - 1)),
          Map.entry("attack", MEASURED),
          Map.entry("law", MEASURED),
          Map.entry("experiment", with(MEASURED, "attack")),
          Map.entry("store", with(MEASURED, "attack", "experiment")),
          Map.entry("text", with(MEASURED, "attack", "experiment", "law")));

  private static JavaClasses classes;

  private static List<String> with(List<String> packages, String... others) {
    List<String> all = new ArrayList<>(packages);
    all.addAll(List.of(others));
    return all;
  }

  @BeforeAll
  static void readTheClasses() throws URISyntaxException {
    // From where the library's classes lie, so that tests are not among them.
    Path location = Path.of(Bits.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    classes = new ClassFileImporter().importPath(location);
    assertThat(classes.contain(Bits.class)).as("classes found in %s", location).isTrue();
    assertThat(classes.contain(ArchitectureTest.class)).isFalse();
  }

  static List<String> packages() {
    return MAY_USE.keySet().stream().sorted().toList();
  }

  @Test
  void everyPackageHasARule() {
    List<String> found =
        classes.getPackage("dev.mneme").getSubpackages().stream()
            .map(JavaPackage::getRelativeName)
            .toList();
    assertThat(found).containsExactlyInAnyOrderElementsOf(MAY_USE.keySet());
  }

  @ParameterizedTest
  @MethodSource("packages")
  void importsPointOneWay(String name) {
    List<String> allowed = new ArrayList<>();
    allowed.add("dev.mneme." + name + "..");
    MAY_USE.get(name).forEach(other -> allowed.add("dev.mneme." + other + ".."));
    noClasses()
        .that()
        .resideInAPackage("dev.mneme." + name + "..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.mneme..")
                .and(resideOutsideOfPackages(allowed.toArray(String[]::new))))
        .check(classes);
  }

  @Test
  void theLibraryNeverPrintsOrExits() {
    noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .orShould()
        .dependOnClassesThat(resideInAnyPackage("dev.mneme.app.."))
        .check(classes);
  }

  @Test
  void randomnessComesFromNamedStreamsAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.mneme.random..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(java.util.Random.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(java.util.SplittableRandom.class)
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .callMethod(StrictMath.class, "random")
        .orShould()
        .callMethod(RandomGenerator.class, "getDefault")
        .orShould()
        .callMethod(java.util.UUID.class, "randomUUID")
        .check(classes);
  }

  @Test
  void noResultDependsOnTheClock() {
    noClasses()
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(java.time.LocalDateTime.class, "now")
        .orShould()
        .callMethod(java.time.ZonedDateTime.class, "now")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(java.time.Clock.class)
        .check(classes);
    // Calibration and provenance measure durations; nothing below them does.
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.mneme.experiment..")
        .should()
        .callMethod(System.class, "nanoTime")
        .check(classes);
  }
}
