package io.laneway.router.carrier;

import io.laneway.router.model.Carriers;
import io.laneway.router.text.HeaderName;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The {@linkplain Carriers carriers} of a table, prepared for comparison with bytes. Immutable; its arrays are
 * not to be changed.
 */
public final class CarrierNames {

    /** The name under which the stamp is written, as a header. */
    public static final HeaderName STAMP = HeaderName.of(Carriers.MARKER);

    /** The name under which the stamp is written, as a baggage member. */
    public static final byte[] STAMP_MEMBER = Carriers.MARKER.getBytes(StandardCharsets.US_ASCII);

    /** The header that says whether a stamp came from the tenant. */
    public static final HeaderName ASSIGNED = HeaderName.of("x-laneway-assigned");

    public static final HeaderName COOKIE = HeaderName.of("cookie");
    public static final HeaderName ORIGIN = HeaderName.of("origin");
    public static final HeaderName BAGGAGE = HeaderName.of("baggage");

    private final HeaderName[] headers;
    private final HeaderName[] headersBesideStamp;
    private final byte[][] queries;
    private final byte[][] cookies;
    private final byte[][] members;
    private final byte[][] membersBesideStamp;
    private final HostPattern[] hosts;

    public CarrierNames(Carriers carriers) {
        this.headers = carriers.header().stream().map(HeaderName::of).toArray(HeaderName[]::new);
        this.headersBesideStamp =
                Arrays.stream(headers).filter(name -> !name.equals(STAMP)).toArray(HeaderName[]::new);
        this.queries = bytes(carriers.query());
        this.cookies = bytes(carriers.cookie());
        this.members = bytes(carriers.baggage());
        this.membersBesideStamp = bytes(carriers.baggage().stream()
                .filter(name -> !name.equals(Carriers.MARKER))
                .toList());
        this.hosts = carriers.host().stream()
                .map(pattern -> HostPattern.parse(pattern, "lane"))
                .toArray(HostPattern[]::new);
    }

    private static byte[][] bytes(List<String> names) {
        return names.stream().map(name -> name.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    }

    /** The header names, without the stamp's where that was read already. */
    public HeaderName[] headers(boolean stampRead) {
        return stampRead ? headersBesideStamp : headers;
    }

    public byte[][] queries() {
        return queries;
    }

    public byte[][] cookies() {
        return cookies;
    }

    /** The keys of baggage members, without the stamp's where that was read already. */
    public byte[][] members(boolean stampRead) {
        return stampRead ? membersBesideStamp : members;
    }

    public HostPattern[] hosts() {
        return hosts;
    }
}
