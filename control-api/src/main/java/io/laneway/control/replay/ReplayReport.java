package io.laneway.control.replay;

import io.laneway.control.table.Refusal;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/** What differed, as a gateway says it: the document of {@code laneway diff --format json}, of a bounded size. Stateless. */
final class ReplayReport {

    /** A report of a gateway has at most 400 kB. */
    private static final int MOST = 512 << 10;

    private static final Set<String> MEMBERS =
            Set.of("form", "version", "requests", "uncompared", "differs", "endpoints", "findings", "more");
    private static final Set<String> FINDING =
            Set.of("level", "endpoint", "path", "facet", "what", "requests", "lane", "base", "p", "examples");

    private ReplayReport() {}

    /** The report in what a gateway said, as text; empty if there is none. */
    static String of(String body) {
        JsonObject said;
        try {
            said = new JsonObject(body);
        } catch (DecodeException e) {
            throw new Refusal(Refusal.Kind.MALFORMED, "the body is not JSON");
        }
        if (!(said.getValue("report") instanceof JsonObject report)) {
            return "";
        }
        JsonObject kept = only(report, MEMBERS);
        boolean read = "laneway-diff".equals(kept.getValue("form"))
                && kept.getValue("differs") instanceof Boolean
                && kept.getValue("endpoints") instanceof JsonArray
                && kept.getValue("findings") instanceof JsonArray;
        if (!read) {
            throw new Refusal(Refusal.Kind.UNSOUND, "report: (expected: what laneway diff --format json writes)");
        }
        kept.put("findings", findings(kept.getJsonArray("findings")));
        String text = kept.encode();
        if (text.length() > MOST) {
            throw new Refusal(
                    Refusal.Kind.TOO_LARGE,
                    "report: " + text.length() + " characters (expected: at most " + MOST + ")");
        }
        return text;
    }

    private static JsonArray findings(JsonArray all) {
        JsonArray kept = new JsonArray();
        for (Object finding : all) {
            if (!(finding instanceof JsonObject one)) {
                throw new Refusal(Refusal.Kind.UNSOUND, "report: findings: " + finding + " (expected: objects)");
            }
            kept.add(only(one, FINDING));
        }
        return kept;
    }

    private static JsonObject only(JsonObject all, Set<String> members) {
        JsonObject kept = new JsonObject();
        all.forEach(one -> {
            if (members.contains(one.getKey())) {
                kept.put(one.getKey(), one.getValue());
            }
        });
        return kept;
    }
}
