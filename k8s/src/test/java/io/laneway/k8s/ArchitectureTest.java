package io.laneway.k8s;

import io.laneway.testkit.Architecture;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final Architecture K8S = Architecture.of("io.laneway.k8s");

    @Test
    void packagesHaveNoCycles() {
        K8S.packagesHaveNoCycles();
    }

    @Test
    void usesNeitherVertxNorNettyNorTheOtherModules() {
        K8S.usesNoneOf(
                "io.vertx..",
                "io.netty..",
                "io.laneway.gateway..",
                "io.laneway.control..",
                "io.laneway.kafka..",
                "io.laneway.cli..");
    }
}
