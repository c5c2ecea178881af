package io.laneway.spring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.laneway.spring");

    @Test
    void usesNoModuleOfOursButKafkaAndTheCore() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.laneway.gateway..", "io.laneway.control..", "io.laneway.k8s..", "io.laneway.cli..")
                .check(CLASSES);
    }

    @Test
    void openTelemetryIsOptional() {
        noClasses()
                .that()
                .doNotHaveSimpleName("LaneBaggage")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.opentelemetry..")
                .check(CLASSES);
    }

    @Test
    void listenersNeedNoWeb() {
        noClasses()
                .that()
                .haveSimpleNameNotContaining("Servlet")
                .and()
                .haveSimpleNameNotContaining("Web")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework.web..", "jakarta.servlet..", "reactor..")
                .check(CLASSES);
    }
}
