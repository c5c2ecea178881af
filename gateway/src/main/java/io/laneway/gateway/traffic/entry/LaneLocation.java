package io.laneway.gateway.traffic.entry;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.router.carrier.CarrierNames;
import io.laneway.router.carrier.HostPattern;
import io.laneway.router.request.Authority;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a browser that came by a lane's host on hosts of that lane: an application that redirects to the host it knows
 * itself by would lead it out. Only hosts of the carriers' patterns are written, so that no response can make it lead
 * elsewhere. Stateless.
 */
public final class LaneLocation {

    private static final HeaderName LOCATION = HeaderName.of("location");
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*:)?");
    private static final int REDIRECT = 300;
    private static final int ERROR = 400;

    private LaneLocation() {}

    /**
     * Settles the {@code Location} of a redirection.
     *
     * @param authority what the client asked
     */
    public static void settle(int status, HeaderLines response, CarrierNames names, Slice authority) {
        int line = status < REDIRECT || status >= ERROR ? -1 : response.find(LOCATION, 0);
        String lane = line < 0 ? null : lane(names, authority);
        if (lane == null) {
            return;
        }
        Slice value = new Slice();
        response.value(line, value);
        String kept = within(lane, value.toString(), names);
        if (kept != null) {
            response.remove(LOCATION);
            response.add(LOCATION, kept);
        }
    }

    private static @Nullable String lane(CarrierNames names, Slice authority) {
        Slice host = new Slice();
        Slice lane = new Slice();
        Authority.host(authority, host);
        for (HostPattern pattern : names.hosts()) {
            if (pattern.match(host, lane)) {
                return lane.toString();
            }
        }
        return null;
    }

    /** The host without its lane, with the port that was asked; null if it names none. */
    static @Nullable String bareHost(CarrierNames names, Slice authority) {
        Slice host = new Slice();
        Slice lane = new Slice();
        Authority.host(authority, host);
        for (HostPattern pattern : names.hosts()) {
            if (pattern.match(host, lane)) {
                int port = Authority.port(authority);
                return pattern.without() + (port == 0 ? "" : ":" + port);
            }
        }
        return null;
    }

    /** The same address at the lane's host; null if it is relative or of a host without one. */
    private static @Nullable String within(String lane, String location, CarrierNames names) {
        int slashes = location.indexOf("//");
        if (slashes < 0 || !SCHEME.matcher(location.substring(0, slashes)).matches()) {
            return null;
        }
        int start = slashes + 2;
        int end = start;
        while (end < location.length() && "/?#\\".indexOf(location.charAt(end)) < 0) {
            end++;
        }
        int colon = location.indexOf(':', start);
        int hostEnd = colon >= 0 && colon < end ? colon : end;
        String host = location.substring(start, hostEnd).toLowerCase(Locale.ROOT);
        for (HostPattern pattern : names.hosts()) {
            if (pattern.without().equals(host)) {
                return location.substring(0, start) + pattern.with(lane) + location.substring(hostEnd);
            }
        }
        return null;
    }
}
