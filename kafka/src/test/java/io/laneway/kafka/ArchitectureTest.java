package io.laneway.kafka;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.laneway.kafka");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.laneway.kafka.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void usesNoneOfTheModulesBesideIt() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.laneway.gateway..", "io.laneway.control..", "io.laneway.k8s..", "io.laneway.cli..")
                .check(CLASSES);
    }

    @Test
    void springAndVertxAreOptional() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.laneway.kafka.spring..", "io.laneway.kafka.vertx..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "io.vertx..")
                .check(CLASSES);
    }

    @Test
    void theProtocolCallsNobody() {
        noClasses()
                .that()
                .resideInAPackage("io.laneway.kafka.handover..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka.clients..", "java.util.concurrent..")
                .check(CLASSES);
    }
}
