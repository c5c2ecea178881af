package io.laneway.cli.requests;

import io.laneway.cli.remote.MissingGateways;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** What gateways keep of one request, as a person reads it: hop by hop, then who did not answer. Stateless. */
public final class Story {

    private Story() {}

    /** The text of the document of {@code GET /v1/requests/{id}}. */
    public static String of(JsonObject document) {
        StringBuilder text =
                new StringBuilder("request ").append(text(document, "id")).append('\n');
        JsonArray hops = document.getJsonArray("hops", new JsonArray());
        for (int i = 0; i < hops.size(); i++) {
            hop(text, i + 1, hops.getJsonObject(i));
        }
        if (document.getValue("more") instanceof Number more && more.longValue() > 0) {
            text.append(more).append(" more are not shown\n");
        }
        MissingGateways.lines(document).forEach(line -> text.append(line).append('\n'));
        return text.toString().stripTrailing();
    }

    private static void hop(StringBuilder text, int number, JsonObject hop) {
        text.append(number)
                .append(". ")
                .append(text(hop, "gateway"))
                .append(": ")
                .append(text(hop, "method"))
                .append(' ')
                .append(printable(text(hop, "path")))
                .append('\n');
        line(text, "service", text(hop, "service"));
        line(text, "requested", text(hop, "lane_requested") + origin(hop));
        line(text, "served", text(hop, "lane") + "  (" + text(hop, "decision") + ")");
        line(text, "endpoint", text(hop, "upstream_host"));
        line(text, "response", response(hop));
        line(text, "when", text(hop, "start_time") + ", revision " + text(hop, "table_revision"));
        failures(text, hop.getValue("attempts"));
        if (hop.getValue("now") instanceof JsonObject now) {
            line(
                    text,
                    "now",
                    text(now, "served") + "  (" + text(now, "reason") + ", revision " + text(now, "revision") + ")");
        }
    }

    private static String origin(JsonObject hop) {
        String origin = text(hop, "origin");
        String carrier = text(hop, "carrier");
        return origin.equals("-")
                ? ""
                : "  (by " + origin + (carrier.equals("-") ? "" : " " + printable(carrier)) + ")";
    }

    private static String response(JsonObject hop) {
        String grpc = text(hop, "grpc_status");
        return code(hop) + (grpc.equals("-") ? "" : ", grpc-status " + grpc) + " after " + text(hop, "duration")
                + " ms, the endpoint's after " + text(hop, "upstream_service_time") + " ms";
    }

    private static void failures(StringBuilder text, @Nullable Object attempts) {
        if (!(attempts instanceof JsonArray all)) {
            return;
        }
        for (int i = 0; i < all.size(); i++) {
            if (all.getValue(i) instanceof JsonObject attempt) {
                line(text, "attempt", attempt(attempt));
            }
        }
    }

    private static String attempt(JsonObject attempt) {
        return text(attempt, "upstream_host") + ": " + code(attempt) + ", ended after " + text(attempt, "ended_after")
                + " ms";
    }

    /** A status with its flags; none where no response came. */
    private static String code(JsonObject document) {
        String code = text(document, "response_code");
        String flags = text(document, "response_flags");
        return (code.equals("0") ? "no response" : code) + (flags.equals("-") ? "" : " " + flags);
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format("   %-10s %s%n", name, value));
    }

    /** What clients sent may hold what moves a terminal's cursor. */
    public static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    /** A field as text, {@code -} where there is none. */
    static String text(JsonObject document, String field) {
        Object value = document.getValue(field);
        return value == null || value.equals("") ? "-" : String.valueOf(value);
    }
}
