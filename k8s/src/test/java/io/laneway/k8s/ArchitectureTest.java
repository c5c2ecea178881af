package io.laneway.k8s;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.laneway.k8s");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.laneway.k8s.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void usesNeitherVertxNorNettyNorTheOtherModules() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.vertx..",
                        "io.netty..",
                        "io.laneway.gateway..",
                        "io.laneway.control..",
                        "io.laneway.kafka..",
                        "io.laneway.cli..")
                .check(CLASSES);
    }
}
