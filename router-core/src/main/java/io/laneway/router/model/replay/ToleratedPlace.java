package io.laneway.router.model.replay;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A place whose values may differ by something. Immutable.
 *
 * @param number by which numbers may differ; null for no more than base shows itself
 * @param time   by which times may differ
 */
public record ToleratedPlace(PlacePattern place, @Nullable Amount number, Duration time) {}
