package io.laneway.replay.diff;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The planted regressions of the corpus: what a lane does to a response that base gives. */
final class Regressions {

    static final Map<String, Consumer<Reply>> ALL = new LinkedHashMap<>();

    static {
        add("member is missing", it -> it.json.remove("title"));
        add("member has another name", it -> it.json.put("heading", it.json.remove("title")));
        add("member is new", it -> it.json.put("debug", true));
        add("number became a text", it -> it.json.put("price", String.valueOf(it.json.get("price"))));
        add("text became a number", it -> it.json.put("code", 7));
        add("object became a list", it -> it.json.put("owner", List.of(it.json.get("owner"))));
        add("null for absent", it -> it.json.put("note", null));
        add("null for a value", it -> it.json.put("title", null));
        add("empty text for a value", it -> it.json.put("title", ""));
        add("number off by one", it -> it.json.put("stock", (Integer) it.json.get("stock") + 1));
        add("number off by a cent", it -> it.json.put("price", (Double) it.json.get("price") + 0.01));
        add("number negated", it -> it.json.put("stock", -(Integer) it.json.get("stock")));
        add("number beyond the noise", it -> it.json.put("load", (Double) it.json.get("load") + 40));
        add("unit of a noisy number", it -> it.json.put("tookMs", (Integer) it.json.get("tookMs") * 1000));
        add("unit of a number", it -> it.json.put("price", (Double) it.json.get("price") * 100));
        add("rounded", it -> it.json.put("price", Math.floor((Double) it.json.get("price"))));
        add("time zone of now", it -> it.json.put("now", time(it, 2 * 3600, "Z")));
        add("time with an offset", it -> it.json.put("now", time(it, 0, "+00:00")));
        add("time in seconds for milliseconds", it -> it.json.put("stamp", (Long) it.json.get("stamp") / 1000));
        add("static time an hour off", it -> it.json.put("created", "2026-01-01T09:00:00Z"));
        add("static time a second off", it -> it.json.put("created", "2026-01-01T08:00:01Z"));
        add("date for a time", it -> it.json.put("created", "2026-01-01"));
        add("list shuffled", it -> Collections.shuffle(it.list("sorted"), it.chance));
        add("list reversed", it -> Collections.reverse(it.list("sorted")));
        add("list cut", it -> it.list("sorted").remove(it.list("sorted").size() - 1));
        add("list empty", it -> it.list("sorted").clear());
        add("first item missing", it -> it.list("items").remove(0));
        add("off by one page", it -> it.list("items").replaceAll(item -> shifted(item)));
        add("duplicate item", it -> it.list("sorted").add(it.list("sorted").get(0)));
        add("member of one item", it -> it.item("items", 1).put("amount", 999));
        add("member of items missing", it -> it.item("items", 0).remove("amount"));
        add("member of shuffled items", it -> it.item("shuffled", 0).put("kind", "wrong"));
        add("item of a set missing", it -> it.list("tags").remove("red"));
        add("enum value changed", it -> it.json.put("state", "CANCELED"));
        add("enum value in lower case", it -> it.json.put("state", "open"));
        add("truth value flipped", it -> it.json.put("active", false));
        add(
                "identifier in upper case",
                it -> it.json.put("trace", it.json.get("trace").toString().toUpperCase(java.util.Locale.ROOT)));
        add(
                "identifier without hyphens",
                it -> it.json.put("trace", it.json.get("trace").toString().replace("-", "")));
        add("always variant B", it -> it.json.put("variant", "B"));
        add("a third variant", it -> it.json.put("variant", "C"));
        add("white space at the end", it -> it.json.put("title", it.json.get("title") + " "));
        add("encoding broken", it -> it.json.put("name", "MÃ¼ller"));
        add("status 200 to 201", it -> it.status = 201);
        add("status 404", it -> it.status = 404);
        add("a fifth fails", it -> it.status = it.chance.nextInt(5) == 0 ? 500 : 200);
        add("header missing", it -> it.headers.remove("Cache-Control"));
        add("header changed", it -> it.headers.put("Cache-Control", "no-store"));
        add("charset of the media type", it -> it.headers.put("Content-Type", "application/json;charset=latin1"));
        add("cookie without Secure", it -> it.cookies.replaceAll(value -> value.replace("; Secure", "")));
        add("a deep member is missing", it -> deep(it).remove("city"));
    }

    private Regressions() {}

    private static void add(String name, Consumer<Reply> change) {
        ALL.put(name, change);
    }

    static List<String> names() {
        return new ArrayList<>(ALL.keySet());
    }

    private static String time(Reply it, long seconds, String zone) {
        Instant now = Instant.parse(it.json.get("now").toString()).plusSeconds(seconds);
        return now.atOffset(ZoneOffset.UTC).toLocalDateTime() + zone;
    }

    @SuppressWarnings("unchecked")
    private static Object shifted(Object item) {
        Map<String, Object> other = new LinkedHashMap<>((Map<String, Object>) item);
        other.put("id", (Integer) other.get("id") + 5);
        return other;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> deep(Reply it) {
        return (Map<String, Object>) ((Map<String, Object>) it.json.get("owner")).get("address");
    }
}
