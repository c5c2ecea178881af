package io.laneway.xds.resource;

import io.laneway.router.model.LaneTable;
import io.laneway.router.text.Slug;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Requests of all kinds for the services and routes of a table. */
final class SomeAsks {

    private final Random random;

    SomeAsks(Random random) {
        this.random = random;
    }

    Ask some(LaneTable table) {
        Map<String, String> headers = new HashMap<>();
        Map<String, String> query = new HashMap<>();
        maybe(headers, "trace-branch");
        if (random.nextBoolean()) {
            maybe(headers, "x-lane");
        }
        if (random.nextInt(4) == 0) {
            maybe(query, table.carriers().query().get(0));
        }
        String key = random.nextBoolean() ? "trace-branch" : "l";
        member("baggage", "a=b;c, " + key + " = ", ";p=1,d=e", headers);
        member("cookie", "a=b; lane=", "; d=e", headers);
        if (random.nextInt(3) == 0) {
            (random.nextBoolean() ? headers : query).put(random.nextBoolean() ? "x-tenant" : "tenant", "acme");
        }
        if (random.nextInt(3) == 0) {
            headers.put("x-kind", random.nextBoolean() ? "k" : "other");
        }
        if (random.nextInt(3) == 0) {
            query.put("kind", random.nextBoolean() ? "q" : "other");
        }
        if (random.nextInt(5) == 0) {
            headers.put("origin", "https://" + laneHost() + ":8443");
        }
        List<String> paths = List.of("", "/", "/more", "s", "//x");
        String path = SomeRoutes.PATHS.get(random.nextInt(SomeRoutes.PATHS.size()));
        String below = paths.get(random.nextInt(paths.size()));
        String port = random.nextInt(4) == 0 ? List.of(":8080", ":9000", ":7").get(random.nextInt(3)) : "";
        if (random.nextInt(5) == 0) {
            headers.put("content-type", random.nextBoolean() ? "application/grpc+proto" : "text/plain");
        }
        String method = random.nextInt(4) == 0 ? "POST" : "GET";
        return new Ask(method, host(table) + port, path + below, headers, query, 0);
    }

    private String host(LaneTable table) {
        if (random.nextInt(4) == 0) {
            return laneHost();
        }
        List<String> hosts = new ArrayList<>(List.of(
                "s0", "s1", "s2", "s1.shop", "s1.shop.svc", "nobody", "s0.shop", "free.org", "other.example.com"));
        table.services()
                .forEach(each -> each.hosts()
                        .forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT).replace("*", "deep.er"))));
        return hosts.get(random.nextInt(hosts.size()));
    }

    private String laneHost() {
        String lane =
                random.nextInt(5) == 0 ? "unknown" : Slug.of(Tables.NAMES.get(random.nextInt(Tables.NAMES.size())));
        String host = List.of("s1-%s.example.com", "%s.s2.net", "%s.s1.shop", "free.%s.org")
                .get(random.nextInt(4));
        return host.formatted(random.nextInt(4) == 0 ? lane.toUpperCase(Locale.ROOT) : lane);
    }

    private void member(String header, String before, String after, Map<String, String> headers) {
        if (random.nextInt(4) == 0) {
            Map<String, String> member = new HashMap<>();
            maybe(member, "v");
            if (member.containsKey("v")) {
                headers.put(header, before + member.get("v") + after);
            }
        }
    }

    /** Names as they stand and as slugs; values that are no lane, and such as count for absent. */
    private void maybe(Map<String, String> carriers, String carrier) {
        String name = Tables.NAMES.get(random.nextInt(Tables.NAMES.size()));
        boolean plain = name.chars().allMatch(c -> c < 128 && c != '+');
        switch (random.nextInt(6)) {
            case 0 -> carriers.put(carrier, plain ? name : Slug.of(name));
            case 1 -> carriers.put(carrier, Slug.of(name));
            case 2 -> carriers.put(carrier, "master");
            case 3 -> carriers.put(carrier, random.nextBoolean() ? "unknown" : "--");
            default -> {
                // none
            }
        }
    }
}
