package io.laneway.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The classes of one module without its tests, and the rules that hold in each module. Immutable. */
public final class Architecture {

    private final String root;
    private final JavaClasses classes;

    private Architecture(String root, JavaClasses classes) {
        this.root = root;
        this.classes = classes;
    }

    /** The module whose packages begin so. */
    public static Architecture of(String root) {
        return new Architecture(
                root,
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages(root));
    }

    /** For rules of the module's own. */
    public JavaClasses classes() {
        return classes;
    }

    /** No package leads back to itself over others. */
    public void packagesHaveNoCycles() {
        slices().matching(root + ".(**)").should().beFreeOfCycles().check(classes);
    }

    /** Nothing depends on these packages. */
    public void usesNoneOf(String... packages) {
        noClasses().should().dependOnClassesThat().resideInAnyPackage(packages).check(classes);
    }

    /** Nothing is written to standard streams or by another logging than SLF4J. */
    public void logsThroughTheFacadeAlone() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(classes);
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(classes);
    }
}
