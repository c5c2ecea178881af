package io.laneway.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** DESIGN section 1: what the data plane may use, and that Vert.x stays off the request path. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.laneway.gateway");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.laneway.gateway.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void usesTheCoreAndTheLibrariesOfTheDataPlaneAlone() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.laneway.gateway..",
                        "io.laneway.router..",
                        "java..",
                        "javax..",
                        "org.jspecify.annotations..",
                        "org.slf4j..",
                        "io.netty..",
                        "com.github.benmanes.caffeine..",
                        "io.vertx..")
                .check(CLASSES);
    }

    /** The class that wires everything stands in the base package itself; admin and table sources ask on Vert.x's loops. */
    @Test
    void requestsNeverMeetVertx() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.laneway.gateway", "io.laneway.gateway.admin..", "io.laneway.gateway.tables..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..")
                .check(CLASSES);
    }

    @Test
    void logsThroughTheFacadeAlone() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CLASSES);
    }
}
