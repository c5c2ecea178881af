package io.laneway.spring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import io.laneway.testkit.Architecture;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final Architecture SPRING = Architecture.of("io.laneway.spring");

    @Test
    void usesNoModuleOfOursButKafkaAndTheCore() {
        SPRING.usesNoneOf("io.laneway.gateway..", "io.laneway.control..", "io.laneway.k8s..", "io.laneway.cli..");
    }

    @Test
    void openTelemetryIsOptional() {
        noClasses()
                .that()
                .doNotHaveSimpleName("LaneBaggage")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.opentelemetry..")
                .check(SPRING.classes());
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
                .check(SPRING.classes());
    }
}
