package io.laneway.router.decision;

import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneMode;
import io.laneway.router.model.LaneState;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.shift.Environment;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.model.shift.SlotRange;
import java.math.BigInteger;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** docs/concepts/decision.md written down again, slowly and with strings, to compare the decision with. */
final class ObviousModel {

    record Ask(
            String service,
            Map<String, String> headers,
            String query,
            boolean internal,
            boolean lanes,
            String fallback) {}

    record Answer(String requested, String served, String reason, String assigned) {}

    private final LaneTable table;

    ObviousModel(LaneTable table) {
        this.table = table;
    }

    Answer answer(Ask ask) throws Exception {
        Service service = table.services().stream()
                .filter(s -> s.id().name().equals(ask.service))
                .findFirst()
                .orElseThrow();
        Shift shift = table.shifts().stream().findFirst().orElse(null);
        String assigned = "";
        String marker = null;
        String sent = ask.headers.getOrDefault("x-laneway-assigned", "");
        boolean fromTenant = sent.equals("shift") || sent.equals("pinned");
        if (ask.internal && (ask.lanes || fromTenant)) {
            marker = first(slug(ask.headers.get("trace-branch")), slug(baggage(ask)));
            assigned = marker != null && fromTenant ? sent : "";
        }
        if (marker == null && ask.lanes) {
            marker = first(slug(ask.headers.get("trace-branch")), slug(query(ask)));
            marker = first(marker, slug(cookie(ask)));
            marker = first(marker, slug(baggage(ask)));
        }
        String fallback = slug(ask.fallback);
        boolean environment = fallback != null
                && shift != null
                && shift.environments().stream().anyMatch(e -> slug(e.lane()).equals(fallback));
        if (marker == null && ask.lanes && !environment) {
            marker = fallback;
        }
        String tenant = ask.headers.getOrDefault("x-tenant-id", "").trim();
        if (marker == null && shift != null && shift.enabled() && !tenant.isEmpty()) {
            String[] lane = assign(shift, tenant);
            marker = slug(lane[0]);
            assigned = lane[1];
        }
        if (marker == null && environment) {
            marker = fallback;
        }
        String id = ask.headers.getOrDefault("x-request-id", "").trim();
        if (marker == null && shift != null && shift.enabled() && !id.isEmpty()) {
            String lane = assignRequest(shift, id);
            marker = slug(lane);
            assigned = lane == null ? "" : "shift";
        }
        return served(service, marker, assigned);
    }

    private String assignRequest(Shift shift, String id) {
        boolean divided = false;
        int slot = slot(shift.name() + ":" + id);
        for (Environment environment : shift.environments()) {
            for (SlotRange range : environment.requests().slots()) {
                divided = true;
                if (slot >= range.first() && slot <= range.last()) {
                    return environment.lane();
                }
            }
        }
        return divided ? table.base() : null;
    }

    private Answer served(Service service, String marker, String assigned) throws Exception {
        String baseSlug = slug(table.base());
        if (marker == null) {
            return usable(service, baseSlug)
                    ? new Answer(null, baseSlug, "base", "")
                    : new Answer(null, null, "base_unavailable", "");
        }
        Lane lane = lane(marker);
        boolean isBase = marker.equals(baseSlug);
        if (!isBase && (lane == null || lane.state() == LaneState.EXPIRED)) {
            String why = lane == null ? "lane_unknown" : "lane_expired";
            return usable(service, baseSlug)
                    ? new Answer(marker, baseSlug, why, assigned)
                    : new Answer(marker, null, "base_unavailable", assigned);
        }
        if (usable(service, marker)) {
            return new Answer(marker, marker, assigned.isEmpty() ? "lane" : assigned, assigned);
        }
        if (!isBase && lane.mode() == LaneMode.STRICT) {
            return new Answer(marker, null, "strict_unavailable", assigned);
        }
        String why = has(service, marker) ? "fallback_unready" : "fallback_absent";
        for (String next : parents(marker, baseSlug)) {
            Lane parent = lane(next);
            boolean gone = parent != null && parent.state() == LaneState.EXPIRED && !next.equals(baseSlug);
            if (!gone && usable(service, next)) {
                return new Answer(marker, next, why, assigned);
            }
        }
        return new Answer(marker, null, "base_unavailable", assigned);
    }

    private List<String> parents(String from, String baseSlug) throws Exception {
        List<String> walk = new ArrayList<>();
        String at = from;
        while (!at.equals(baseSlug)) {
            Lane lane = lane(at);
            at = lane == null || lane.parent() == null ? baseSlug : slug(lane.parent());
            walk.add(at);
        }
        return walk;
    }

    private Lane lane(String slug) throws Exception {
        for (Lane lane : table.lanes()) {
            if (slug(lane.name()).equals(slug)) {
                return lane;
            }
        }
        return null;
    }

    private static boolean has(Service service, String lane) {
        return service.deployments().stream().anyMatch(d -> slug(d.lane()).equals(lane));
    }

    private static boolean usable(Service service, String lane) {
        for (Deployment deployment : service.deployments()) {
            if (slug(deployment.lane()).equals(lane)) {
                return deployment.ports().get(0).endpoints().stream().anyMatch(Endpoint::usable);
            }
        }
        return false;
    }

    private String[] assign(Shift shift, String tenant) {
        for (Environment environment : shift.environments()) {
            if (environment.tenants().include().contains(tenant)) {
                return new String[] {environment.lane(), "pinned"};
            }
        }
        int slot = slot(shift.name() + ":" + tenant);
        for (Environment environment : shift.environments()) {
            for (SlotRange range : environment.slots()) {
                if (slot >= range.first() && slot <= range.last()) {
                    return environment.tenants().exclude().contains(tenant)
                            ? new String[] {table.base(), "pinned"}
                            : new String[] {environment.lane(), "shift"};
                }
            }
        }
        return new String[] {table.base(), "shift"};
    }

    /** murmur3_x86_32 with arithmetic on big numbers. */
    static int slot(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        long hash = 0;
        for (int i = 0; i < bytes.length; i += 4) {
            long block = 0;
            int count = Math.min(4, bytes.length - i);
            for (int j = 0; j < count; j++) {
                block |= (bytes[i + j] & 0xffL) << (8 * j);
            }
            hash ^= times(rotate(times(block, 0xcc9e2d51L), 15), 0x1b873593L);
            hash = count == 4 ? (times(rotate(hash, 13), 5) + 0xe6546b64L) & 0xffffffffL : hash;
        }
        hash ^= bytes.length;
        hash = times(hash ^ (hash >>> 16), 0x85ebca6bL);
        hash = times(hash ^ (hash >>> 13), 0xc2b2ae35L);
        return (int) ((hash ^ (hash >>> 16)) % 10_000);
    }

    private static long times(long a, long b) {
        return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)).longValue() & 0xffffffffL;
    }

    private static long rotate(long value, int by) {
        return ((value << by) | (value >>> (32 - by))) & 0xffffffffL;
    }

    static String slug(String raw) {
        if (raw == null || raw.chars().anyMatch(Character::isISOControl)) {
            return null;
        }
        String plain =
                raw.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]+", "-").replaceAll("^-+|-+$", "");
        if (plain.isEmpty() && raw.chars().allMatch(c -> c < 128)) {
            return null;
        }
        if (plain.length() <= 63 && raw.chars().allMatch(c -> c < 128)) {
            return plain;
        }
        try {
            byte[] sha = MessageDigest.getInstance("SHA-256").digest(raw.getBytes(StandardCharsets.UTF_8));
            String hash = String.format("%02x%02x%02x%02x", sha[0], sha[1], sha[2], sha[3]);
            String cut = plain.substring(0, Math.min(54, plain.length())).replaceAll("-+$", "");
            return cut.isEmpty() ? hash : cut + "-" + hash;
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String query(Ask ask) {
        for (String pair : ask.query.split("&")) {
            if (pair.startsWith("trace-branch=")) {
                return URLDecoder.decode(pair.substring(13), StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    private static String cookie(Ask ask) {
        return member(ask.headers.get("cookie"), ";");
    }

    private static String baggage(Ask ask) {
        return member(ask.headers.get("baggage"), ",");
    }

    private static String member(String line, String separator) {
        for (String pair : line == null ? new String[0] : line.split(separator)) {
            int equals = pair.indexOf('=');
            if (equals >= 0 && pair.substring(0, equals).trim().equals("trace-branch")) {
                String value = pair.substring(equals + 1).split(";")[0].trim();
                return URLDecoder.decode(value, StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    private static String first(String a, String b) {
        return a != null ? a : b;
    }
}
