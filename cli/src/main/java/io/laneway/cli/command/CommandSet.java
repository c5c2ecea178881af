package io.laneway.cli.command;

import org.jspecify.annotations.Nullable;

/**
 * Commands that a distribution may lack, since their libraries are most of the program's size. Found by {@link
 * java.util.ServiceLoader}; has a public constructor without parameters that loads none of those libraries.
 */
public interface CommandSet {

    /**
     * A new command for picocli.
     *
     * @param name one of those that {@link Laneway} knows
     * @return null if it is not of this set
     */
    @Nullable
    Object command(String name);

    /** Whether these commands fail by this for reasons outside the program, which take one line and no stack. */
    default boolean expects(Throwable failure) {
        return false;
    }
}
