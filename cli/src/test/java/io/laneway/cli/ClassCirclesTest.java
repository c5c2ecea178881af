package io.laneway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packages in which no class leads back to itself over others, so that each can be read on its own. */
class ClassCirclesTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.laneway");

    /** A package that is cut into phases is added here, and stays. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.laneway.router",
                "io.laneway.filter",
                "io.laneway.control",
                "io.laneway.gateway.server",
                "io.laneway.gateway.telemetry",
                "io.laneway.gateway.traffic",
                "io.laneway.gateway.upstream",
                "io.laneway.gateway.protocol.grpc",
                "io.laneway.gateway.protocol.http1",
                "io.laneway.gateway.protocol.http2",
                "io.laneway.gateway.protocol.stream",
                "io.laneway.gateway.protocol.tls",
                "io.laneway.gateway.runtime",
                "io.laneway.k8s",
                "io.laneway.kafka",
                "io.laneway.redis",
                "io.laneway.replay",
                "io.laneway.xds.filter",
                "io.laneway.xds.host",
                "io.laneway.xds.lane",
                "io.laneway.xds.resource",
                "io.laneway.xds.route",
                "io.laneway.xds.words",
                "io.laneway.cli"
            })
    void noClassLeadsBackToItself(String root) {
        assertThat(CLASSES.containPackage(root) || hasPackagesBelow(root)).isTrue();
        ClassCircles.noneIn(root).check(CLASSES);
    }

    private static boolean hasPackagesBelow(String root) {
        return CLASSES.stream().anyMatch(one -> one.getPackageName().startsWith(root + "."));
    }
}
