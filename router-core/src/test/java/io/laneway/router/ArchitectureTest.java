package io.laneway.router;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import io.laneway.testkit.Architecture;
import org.junit.jupiter.api.Test;

/** docs/architecture.md: what the core may use, and that its packages form no cycle. */
class ArchitectureTest {

    private static final Architecture CORE = Architecture.of("io.laneway.router");

    @Test
    void packagesHaveNoCycles() {
        CORE.packagesHaveNoCycles();
    }

    @Test
    void standsOnTheJdkAndTheParsersAlone() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.laneway.router..",
                        "java..",
                        "javax.net.ssl..",
                        "org.jspecify.annotations..",
                        "com.fasterxml.jackson.core..",
                        "org.snakeyaml.engine..",
                        // decision 0462
                        "com.google.re2j..")
                .check(CORE.classes());
    }

    @Test
    void onlyTheDocumentFormKnowsTheParsers() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.laneway.router.document..", "io.laneway.router.codec..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.fasterxml.jackson..", "org.snakeyaml..")
                .check(CORE.classes());
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
                .check(CORE.classes());
    }

    @Test
    void writesToNoStreamAndNoLog() {
        CORE.logsThroughTheFacadeAlone();
    }
}
