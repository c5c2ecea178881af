package io.laneway.router.request;

import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import io.laneway.router.text.Slug;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that a question is about: made up for explain and tests, not read from a connection. Confined to one thread. */
public final class RequestDraft implements RequestView {

    private record Line(HeaderName name, Slice value) {}

    private final Slice target;
    private final Slice authority;
    private final Slice method;
    private final List<Line> lines = new ArrayList<>();
    private final Map<String, Slice> claims = new HashMap<>();
    private @Nullable String grantedLane;

    /** A GET without headers. */
    public RequestDraft(String authority, String target) {
        this("GET", authority, target);
    }

    /** A request without headers. */
    public RequestDraft(String method, String authority, String target) {
        this.method = Slice.of(method);
        this.authority = Slice.of(authority);
        this.target = Slice.of(target);
    }

    /** Adds a header line. */
    public RequestDraft header(String name, String value) {
        lines.add(new Line(HeaderName.of(name), Slice.of(value.trim())));
        return this;
    }

    /** Adds a claim of a token that was verified. */
    public RequestDraft claim(String name, String value) {
        claims.put(name, Slice.of(value));
        return this;
    }

    /** Is granted a lane, as by a signed link. */
    public RequestDraft granted(@Nullable String lane) {
        grantedLane = lane == null ? null : Slug.of(lane);
        return this;
    }

    @Override
    public @Nullable String grantedLane() {
        return grantedLane;
    }

    @Override
    public boolean verifiedClaim(byte[] name, Slice into) {
        Slice value = claims.get(new String(name, StandardCharsets.UTF_8));
        if (value == null) {
            into.clear();
            return false;
        }
        point(value, into);
        return true;
    }

    @Override
    public boolean header(HeaderName name, Slice into) {
        return header(name, 0, into);
    }

    @Override
    public boolean header(HeaderName name, int n, Slice into) {
        int left = n;
        for (Line line : lines) {
            if (line.name.equals(name) && left-- == 0) {
                point(line.value, into);
                return true;
            }
        }
        into.clear();
        return false;
    }

    @Override
    public void method(Slice into) {
        point(method, into);
    }

    @Override
    public void target(Slice into) {
        point(target, into);
    }

    @Override
    public void authority(Slice into) {
        point(authority, into);
    }

    private static void point(Slice at, Slice into) {
        into.set(at.array(), at.offset(), at.length());
    }
}
