package io.laneway.cli.remote;

import org.jspecify.annotations.Nullable;

/**
 * A good response of the control API. Immutable.
 *
 * @param document its JSON, an empty object where it has none
 * @param etag     the object's {@code ETag}, null if it has none
 */
public record ControlResponse(
        int status, Object document, @Nullable String etag) {}
