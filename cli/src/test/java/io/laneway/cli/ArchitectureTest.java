package io.laneway.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The arrows of docs/architecture.md, over all modules at once: cli → {gateway, control-api, k8s, kafka} → router-core,
 * and cli → replay.
 */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.laneway");

    @Test
    void arrowsGoDownOnly() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("cli")
                .definedBy("io.laneway.cli..")
                .layer("gateway")
                .definedBy("io.laneway.gateway..")
                .layer("control-api")
                .definedBy("io.laneway.control..")
                .layer("k8s")
                .definedBy("io.laneway.k8s..")
                .layer("kafka")
                .definedBy("io.laneway.kafka..")
                .layer("transcode")
                .definedBy("io.laneway.transcode..")
                .layer("redis")
                .definedBy("io.laneway.redis..")
                .layer("xds")
                .definedBy("io.laneway.xds..")
                .layer("replay")
                .definedBy("io.laneway.replay..")
                .layer("filter-api")
                .definedBy("io.laneway.filter..")
                .layer("router-core")
                .definedBy("io.laneway.router..")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("transcode")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("redis")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("gateway")
                .mayOnlyBeAccessedByLayers("cli", "transcode", "redis")
                .whereLayer("control-api")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("k8s")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("kafka")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("xds")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("replay")
                .mayOnlyBeAccessedByLayers("cli", "gateway")
                .whereLayer("replay")
                .mayNotAccessAnyLayer()
                .whereLayer("filter-api")
                .mayOnlyBeAccessedByLayers("gateway")
                .whereLayer("filter-api")
                .mayNotAccessAnyLayer()
                .whereLayer("router-core")
                .mayNotAccessAnyLayer()
                .withOptionalLayers(false)
                .check(CLASSES);
    }

    @Test
    void whatEveryDistributionHasUsesNothingThatOneMayLack() {
        String[] lacking = {"control", "kubernetes", "messages", "record", "diff", "chain", "imports", "demo"};
        String[] rooms =
                Stream.of(lacking).map(room -> "io.laneway.cli." + room + "..").toArray(String[]::new);
        String[] libraries = {
            "io.laneway.control..",
            "io.laneway.k8s..",
            "io.laneway.kafka..",
            "io.laneway.replay..",
            "io.laneway.xds..",
            "org.apache.kafka..",
            "io.fabric8..",
            "com.fasterxml.jackson.databind..",
            "org.flywaydb..",
            "java.sql.."
        };
        noClasses()
                .that()
                .resideInAPackage("io.laneway.cli..")
                .and()
                .resideOutsideOfPackages(rooms)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        Stream.of(rooms, libraries).flatMap(Stream::of).toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void packagesOfTheCommandHaveNoCycles() {
        slices().matching("io.laneway.cli.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void nobodyLogsPastTheFacade() {
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CLASSES);
    }
}
