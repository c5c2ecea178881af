package io.laneway.router.model.replay;

import org.jspecify.annotations.Nullable;

/**
 * A place that is not compared. Immutable.
 *
 * @param facet null for all of them
 */
public record IgnoredPlace(PlacePattern place, @Nullable String facet) {}
