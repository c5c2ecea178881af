package io.laneway.kafka;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import io.laneway.testkit.Architecture;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final Architecture KAFKA = Architecture.of("io.laneway.kafka");

    @Test
    void packagesHaveNoCycles() {
        KAFKA.packagesHaveNoCycles();
    }

    @Test
    void usesNoneOfTheModulesBesideIt() {
        KAFKA.usesNoneOf("io.laneway.gateway..", "io.laneway.control..", "io.laneway.k8s..", "io.laneway.cli..");
    }

    @Test
    void springAndVertxAreOptional() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.laneway.kafka.spring..", "io.laneway.kafka.vertx..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "io.vertx..")
                .check(KAFKA.classes());
    }

    @Test
    void theProtocolCallsNobody() {
        noClasses()
                .that()
                .resideInAPackage("io.laneway.kafka.handover..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka.clients..", "java.util.concurrent..")
                .check(KAFKA.classes());
    }
}
