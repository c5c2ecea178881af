package io.laneway.gateway.runtime.config;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where and how finished requests are written down. Immutable.
 *
 * @param target where lines go
 * @param path   the file, if that is the target; opened again when it was moved away
 */
public record AccessLogConfig(
        Format format, Target target, @Nullable Path path) {

    /** Envoy's default line, on standard output. */
    public static final AccessLogConfig DEFAULT = new AccessLogConfig(Format.TEXT, Target.STDOUT, null);

    /** No access log. */
    public static final AccessLogConfig OFF = new AccessLogConfig(Format.TEXT, Target.OFF, null);

    public AccessLogConfig {
        Objects.requireNonNull(format, "format");
        if ((target == Target.FILE) != (path != null)) {
            throw new IllegalArgumentException("path: " + path + " (expected: a path exactly if lines go to a file)");
        }
    }

    /** The form of a line. */
    public enum Format {
        /** Envoy's default line. */
        TEXT,
        /** One JSON object a line, keys in snake_case. */
        JSON
    }

    /** Where lines go. */
    public enum Target {
        STDOUT,
        FILE,
        OFF
    }
}
