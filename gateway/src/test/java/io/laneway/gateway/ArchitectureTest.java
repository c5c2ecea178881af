package io.laneway.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.laneway.testkit.Architecture;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The order of the halls, what the data plane may use, and that Vert.x stays off the request path. */
class ArchitectureTest {

    private static final Architecture GATEWAY = Architecture.of("io.laneway.gateway");

    /** The halls, from the roof to the ground. */
    private static final List<String> HALLS =
            List.of("server", "telemetry", "traffic", "upstream", "protocol", "runtime");

    @Test
    void packagesHaveNoCycles() {
        GATEWAY.packagesHaveNoCycles();
    }

    /** A hall may use those below it: server, telemetry, traffic, upstream, protocol, runtime. */
    @Test
    void hallsUseOnlyTheHallsBelowThem() {
        for (int upper = 0; upper < HALLS.size(); upper++) {
            for (String lower : HALLS.subList(upper + 1, HALLS.size())) {
                noClasses()
                        .that()
                        .resideInAPackage("io.laneway.gateway." + lower + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("io.laneway.gateway." + HALLS.get(upper) + "..")
                        .check(GATEWAY.classes());
            }
        }
    }

    @Test
    void everyRoomIsInAHall() {
        classes()
                .that()
                .doNotHaveSimpleName("package-info")
                .should()
                .resideInAnyPackage(Stream.concat(
                                Stream.of("io.laneway.gateway"),
                                HALLS.stream().map(hall -> "io.laneway.gateway." + hall + ".*"))
                        .toArray(String[]::new))
                .check(GATEWAY.classes());
    }

    /** Words that were given up for those of the field, see docs/glossary.md. */
    private static final Set<String> GIVEN_UP = Set.of(
            "Answer",
            "Caller",
            "Means",
            "Ways",
            "Site",
            "Place",
            "Outside",
            "Surroundings",
            "Told",
            "Bequest",
            "Estate",
            "Heir",
            "Succession",
            "Later",
            "Sieve",
            "Verdict",
            "Standing",
            "Cadence",
            "Question",
            "Vitals",
            "Speech");

    @Test
    void noTypeIsNamedByAWordThatWasGivenUp() {
        // a question is the control API's, and its answer the gateway's, of the protocol of the watch
        noClasses()
                .that()
                .resideOutsideOfPackage("io.laneway.gateway.server.question")
                .should(haveAWordThatWasGivenUp())
                .check(GATEWAY.classes());
    }

    private static ArchCondition<JavaClass> haveAWordThatWasGivenUp() {
        return new ArchCondition<>("have a word in their name that was given up") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (String word : type.getSimpleName().split("(?<=[a-z0-9])(?=[A-Z])")) {
                    String one = word.endsWith("s") && !GIVEN_UP.contains(word)
                            ? word.substring(0, word.length() - 1)
                            : word;
                    if (GIVEN_UP.contains(one)) {
                        events.add(SimpleConditionEvent.satisfied(type, type.getFullName() + ": " + word));
                    }
                }
            }
        };
    }

    @Test
    void usesTheCoreAndTheLibrariesOfTheDataPlaneAlone() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.laneway.gateway..",
                        "io.laneway.router..",
                        "io.laneway.filter..",
                        "io.laneway.replay..",
                        "java..",
                        "javax..",
                        "jdk.net..",
                        "org.jspecify.annotations..",
                        "org.slf4j..",
                        "io.netty..",
                        "com.github.benmanes.caffeine..",
                        "com.fasterxml.jackson.core..",
                        "com.nimbusds.jose..",
                        "io.prometheus.metrics..",
                        "io.vertx..",
                        "io.opentelemetry..")
                .check(GATEWAY.classes());
    }

    /** So that its classes are loaded only where there are recordings or replays, and never meet other requests. */
    @Test
    void twoRoomsAloneKnowRecordings() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.laneway.gateway.telemetry.recording", "io.laneway.gateway.server.replay")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.laneway.replay..")
                .check(GATEWAY.classes());
    }

    /** So that its classes are loaded only where spans are sent, and never meet requests. */
    @Test
    void oneRoomAloneKnowsOpenTelemetry() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.laneway.gateway.telemetry.otlp")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.opentelemetry..")
                .check(GATEWAY.classes());
    }

    /** The class that wires everything stands in the base package itself; sources, questions and spans use Vert.x's loops, admin its JSON. */
    @Test
    void requestsNeverMeetVertx() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.laneway.gateway",
                        "io.laneway.gateway.server.admin..",
                        "io.laneway.gateway.server.adminhttp..",
                        "io.laneway.gateway.server.question..",
                        "io.laneway.gateway.server.replay..",
                        "io.laneway.gateway.server.tables..",
                        "io.laneway.gateway.telemetry.otlp..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..")
                .check(GATEWAY.classes());
    }

    @Test
    void logsThroughTheFacadeAlone() {
        GATEWAY.logsThroughTheFacadeAlone();
    }
}
