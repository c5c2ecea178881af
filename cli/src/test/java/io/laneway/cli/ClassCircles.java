package io.laneway.cli;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/**
 * The rule that the classes of some packages do not use each other in a circle. A nested class counts as its outermost
 * one, and a permitted subtype of a sealed type as that type, since these two name each other by design.
 */
final class ClassCircles implements SliceAssignment {

    private final String root;

    private ClassCircles(String root) {
        this.root = root;
    }

    /** The rule for a package and those below it. */
    static ArchRule noneIn(String root) {
        return slices().assignedFrom(new ClassCircles(root)).should().beFreeOfCycles();
    }

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass one) {
        String home = one.getPackageName();
        boolean counts = home.equals(root) || home.startsWith(root + ".");
        return counts ? SliceIdentifier.of(family(outermost(one)).getName()) : SliceIdentifier.ignore();
    }

    private static JavaClass outermost(JavaClass one) {
        JavaClass outer = one;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }

    /** Loads our own interfaces alone: a class may need what only an application has. */
    private static JavaClass family(JavaClass one) {
        for (JavaClass type : one.getRawInterfaces()) {
            if (type.getPackageName().equals(one.getPackageName())
                    && type.reflect().isSealed()) {
                return outermost(type);
            }
        }
        return one;
    }

    @Override
    public String getDescription() {
        return "the classes of " + root;
    }
}
