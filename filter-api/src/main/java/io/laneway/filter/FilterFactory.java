package io.laneway.filter;

/**
 * Makes filters of one kind. Found by {@link java.util.ServiceLoader}: a public class with a public constructor without
 * parameters, whose name is in {@code META-INF/services/io.laneway.filter.FilterFactory} of its jar.
 */
public interface FilterFactory {

    /** The kind, as {@code laneway.yaml} names it: letters, digits, {@code .}, {@code _} and {@code -}. */
    String kind();

    /**
     * Makes a filter, once for each entry of a listener's {@code filters}, before the gateway takes requests. It may block.
     *
     * @throws IllegalArgumentException if the settings are wrong, best {@code key: what (expected: …)}; the gateway does not
     *                                  start then, and names file, line and key
     */
    Filter create(FilterSettings settings);
}
