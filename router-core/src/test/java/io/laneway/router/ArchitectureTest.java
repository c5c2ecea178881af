package io.laneway.router;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** docs/architecture.md: what the core may use, and that its packages form no cycle. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.laneway.router");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.laneway.router.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void standsOnTheJdkAndTheParsersAlone() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.laneway.router..",
                        "java..",
                        "org.jspecify.annotations..",
                        "com.fasterxml.jackson.core..",
                        "org.snakeyaml.engine..")
                .check(CLASSES);
    }

    @Test
    void onlyTheDocumentFormKnowsTheParsers() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.laneway.router.document..", "io.laneway.router.codec..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.fasterxml.jackson..", "org.snakeyaml..")
                .check(CLASSES);
    }

    @Test
    void decidingKnowsNothingOfDocumentsAndTransports() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.laneway.router.text..",
                        "io.laneway.router.carrier..",
                        "io.laneway.router.request..",
                        "io.laneway.router.route..",
                        "io.laneway.router.shift..",
                        "io.laneway.router.table..",
                        "io.laneway.router.decision..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.laneway.router.document..", "io.laneway.router.codec..", "java.net..")
                .check(CLASSES);
    }

    @Test
    void writesToNoStreamAndNoLog() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CLASSES);
    }
}
