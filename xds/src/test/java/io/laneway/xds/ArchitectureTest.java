package io.laneway.xds;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import io.laneway.testkit.Architecture;
import org.junit.jupiter.api.Test;

/** The rules of the house hold in this module. */
class ArchitectureTest {

    private static final Architecture XDS = Architecture.of("io.laneway.xds");

    @Test
    void packagesHaveNoCycles() {
        XDS.packagesHaveNoCycles();
    }

    @Test
    void theTranslationKnowsNeitherStreamsNorTheNetwork() {
        noClasses()
                .that()
                .resideInAPackage("io.laneway.xds.resource..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.laneway.xds.stream..", "io.laneway.xds.server..", "io.grpc..", "io.netty..")
                .check(XDS.classes());
    }

    @Test
    void streamsKnowNoNetwork() {
        noClasses()
                .that()
                .resideInAPackage("io.laneway.xds.stream..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.laneway.xds.server..", "io.grpc..", "io.netty..")
                .check(XDS.classes());
    }

    @Test
    void theControlApiIsNotKnown() {
        XDS.usesNoneOf("io.laneway.control..", "io.laneway.gateway..");
    }

    @Test
    void writesToNoStreamAndNoLog() {
        XDS.logsThroughTheFacadeAlone();
    }
}
