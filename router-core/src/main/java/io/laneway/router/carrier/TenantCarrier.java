package io.laneway.router.carrier;

import io.laneway.router.model.shift.TenantSource;
import io.laneway.router.text.HeaderName;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A {@link TenantSource} prepared for comparison with bytes. Immutable. */
public final class TenantCarrier {

    private final TenantSource source;
    private final byte[] name;
    private final @Nullable HeaderName header;
    private final @Nullable HostPattern pattern;

    public TenantCarrier(TenantSource source) {
        this.source = source;
        this.name = source.name().getBytes(StandardCharsets.UTF_8);
        this.header = source.kind() == TenantSource.Kind.HEADER ? HeaderName.of(source.name()) : null;
        this.pattern = source.kind() == TenantSource.Kind.HOST ? HostPattern.parse(source.name(), "tenant") : null;
    }

    public TenantSource source() {
        return source;
    }

    /** The name of the query parameter, cookie or claim; not to be changed. */
    public byte[] name() {
        return name;
    }

    /** The header's name, or null where the place is none. */
    public @Nullable HeaderName header() {
        return header;
    }

    /** The host pattern, or null where the place is none. */
    public @Nullable HostPattern pattern() {
        return pattern;
    }
}
