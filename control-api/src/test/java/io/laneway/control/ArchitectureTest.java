package io.laneway.control;

import io.laneway.testkit.Architecture;
import org.junit.jupiter.api.Test;

/** docs/architecture.md: the control side knows the core and none of the modules beside it. */
class ArchitectureTest {

    private static final Architecture CONTROL = Architecture.of("io.laneway.control");

    @Test
    void packagesHaveNoCycles() {
        CONTROL.packagesHaveNoCycles();
    }

    @Test
    void usesNoneOfTheModulesBesideIt() {
        CONTROL.usesNoneOf(
                "io.laneway.gateway..",
                "io.laneway.k8s..",
                "io.laneway.kafka..",
                "io.laneway.cli..",
                "io.netty..",
                "io.fabric8..",
                "org.apache.kafka..");
    }

    @Test
    void logsThroughTheFacadeAlone() {
        CONTROL.logsThroughTheFacadeAlone();
    }
}
