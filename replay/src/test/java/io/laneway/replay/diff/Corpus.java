package io.laneway.replay.diff;

import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedRequest;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Three services with noise on purpose: times, identifiers, counters, floats, texts of two variants, lists in any order,
 * a share of failures. Each planted regression has an endpoint of its own.
 */
final class Corpus {

    static final List<String> SERVICES = List.of("orders", "users", "stock");
    static final int ENDPOINTS = 50;

    private static final String[] WORDS = {"red", "green", "blue", "white"};

    private final Random random;
    private final Map<String, String> planted = new HashMap<>();
    private final List<ComparedRequest> requests = new ArrayList<>();
    private Instant clock = Instant.parse("2026-11-30T08:00:00Z");
    private int counter = 1000;

    Corpus(long seed, boolean regressions) {
        random = new Random(seed);
        List<String> endpoints = new ArrayList<>();
        SERVICES.forEach(service -> {
            for (int i = 0; i < ENDPOINTS; i++) {
                endpoints.add(
                        service + " GET /" + service + "/{id}/part" + (char) ('a' + i / 26) + (char) ('a' + i % 26));
            }
        });
        List<String> shuffled = new ArrayList<>(endpoints);
        Collections.shuffle(shuffled, random);
        List<String> names = regressions ? Regressions.names() : List.of();
        for (int i = 0; i < names.size(); i++) {
            planted.put(shuffled.get(i), names.get(i));
        }
        for (String endpoint : endpoints) {
            String regression = planted.get(endpoint);
            // endpoints of two requests are among those without a regression
            int count =
                    regression != null ? 40 + random.nextInt(40) : random.nextInt(6) == 0 ? 2 : 20 + random.nextInt(40);
            for (int i = 0; i < count; i++) {
                requests.add(request(endpoint, regression));
            }
        }
        Collections.shuffle(requests, random);
    }

    /** The planted regressions by their endpoints. */
    Map<String, String> planted() {
        return planted;
    }

    List<ComparedRequest> requests() {
        return requests;
    }

    private ComparedRequest request(String endpoint, String regression) {
        long seed = random.nextLong();
        clock = clock.plusMillis(random.nextInt(300));
        String[] parts = endpoint.split(" ");
        RecordedRequest request = new RecordedRequest(
                "HTTP/1.1",
                "GET",
                "http",
                parts[0],
                parts[2].replace("{id}", "" + random.nextInt(9999)),
                List.of(),
                RecordedBody.NONE,
                List.of());
        Reply base = reply(seed, endpoint.hashCode());
        Reply lane = reply(seed, endpoint.hashCode());
        Reply again = reply(seed, endpoint.hashCode());
        Consumer<Reply> change = regression == null ? null : Regressions.ALL.get(regression);
        if (change != null && lane.status == 200) {
            change.accept(lane);
        }
        return new ComparedRequest(
                "r" + requests.size(), parts[0], request, base.response(), again.response(), lane.response());
    }

    /** What a service says to a request: the same for the seed but for the noise. */
    private Reply reply(long seed, int endpoint) {
        Random same = new Random(seed);
        Reply reply = new Reply(random);
        clock = clock.plusMillis(random.nextInt(20));
        if (endpoint % 10 == 0 && random.nextInt(20) == 0) {
            reply.status = 503;
        }
        reply.headers.put("Content-Type", "application/json");
        reply.headers.put("Cache-Control", "max-age=60");
        reply.headers.put("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.atOffset(ZoneOffset.UTC)));
        reply.headers.put("X-Request-Id", uuid(random));
        reply.headers.put("X-Served-By", "pod-" + random.nextInt(3));
        reply.cookies.add("session=" + uuid(random) + "; Path=/; Secure");
        Map<String, Object> json = reply.json;
        json.put("id", same.nextInt(100_000));
        json.put("title", WORDS[same.nextInt(4)] + " thing " + same.nextInt(50));
        json.put("name", "Müller");
        json.put("code", "c" + same.nextInt(9));
        json.put("price", (same.nextInt(90_000) + 151) / 100.0);
        json.put("stock", 1 + same.nextInt(500));
        json.put("state", "OPEN");
        json.put("active", true);
        json.put("created", "2026-01-01T08:00:00Z");
        json.put("now", LocalDateTime.ofInstant(clock, ZoneOffset.UTC) + "Z");
        json.put("stamp", clock.toEpochMilli());
        json.put("trace", uuid(random));
        json.put("sequence", counter++);
        json.put("load", random.nextDouble() * 10);
        json.put("tookMs", 5 + random.nextInt(60));
        json.put("variant", random.nextBoolean() ? "A" : "B");
        json.put("banner", random.nextInt(10) == 0 ? "Try the new shop" : "Welcome");
        json.put(
                "owner",
                map("name", WORDS[same.nextInt(4)], "address", map("city", "Ulm", "zip", "" + same.nextInt(99_999))));
        json.put("sorted", new ArrayList<Object>(List.of(1, 3, 5 + same.nextInt(3), 9, 12)));
        json.put("tags", shuffled(List.of("red", "new", "big", "t" + same.nextInt(99))));
        List<Object> items = new ArrayList<>();
        List<Object> mixed = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            items.add(map("id", 10 * i + 10, "amount", same.nextInt(9), "seen", clock.toEpochMilli()));
            mixed.add(map("sku", "s" + i, "kind", WORDS[same.nextInt(4)], "score", random.nextDouble()));
        }
        json.put("items", items);
        json.put("shuffled", shuffled(mixed));
        return reply;
    }

    private List<Object> shuffled(List<?> items) {
        List<Object> shuffled = new ArrayList<>(items);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    private static String uuid(Random random) {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private static Map<String, Object> map(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
