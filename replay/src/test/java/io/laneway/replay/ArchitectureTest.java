package io.laneway.replay;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import io.laneway.testkit.Architecture;
import org.junit.jupiter.api.Test;

/** docs/architecture.md: recorded requests know no gateway. */
class ArchitectureTest {

    private static final Architecture REPLAY = Architecture.of("io.laneway.replay");

    @Test
    void packagesHaveNoCycles() {
        REPLAY.packagesHaveNoCycles();
    }

    @Test
    void allButTheClientAndTheReaderOfProtobufUseTheJdkAndTheParserAlone() {
        classes()
                .that()
                .resideOutsideOfPackages("io.laneway.replay.http..", "io.laneway.replay.diff.proto..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.laneway.replay..",
                        "java..",
                        "javax.crypto..",
                        "javax.net.ssl..",
                        "org.jspecify.annotations..",
                        "com.fasterxml.jackson.core..")
                .check(REPLAY.classes());
    }

    @Test
    void writesToNoStreamAndNoLog() {
        REPLAY.logsThroughTheFacadeAlone();
    }
}
