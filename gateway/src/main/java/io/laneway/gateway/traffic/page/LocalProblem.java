package io.laneway.gateway.traffic.page;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/**
 * What a local reply says of the problem: for programs as a problem document (RFC 9457), for people by a {@link
 * PageTemplate}. Any text may come from the request. Immutable.
 *
 * @param title     the status in words
 * @param service   empty for none
 * @param lane      the lane asked for, empty for none
 * @param reason    of the decision on lanes, empty where nothing is decided
 * @param requestId empty for none that can be shown
 * @param flag      the access log's word
 */
public record LocalProblem(
        int status,
        String title,
        String detail,
        String service,
        String lane,
        String reason,
        String requestId,
        String flag) {

    /** The problem document. */
    public String json() {
        StringBuilder json = new StringBuilder(256).append('{');
        member(json, "type", "about:blank");
        member(json, "title", title);
        json.append("\"status\":").append(status).append(',');
        member(json, "detail", detail);
        optional(json, "service", service);
        optional(json, "lane", lane);
        optional(json, "reason", reason);
        optional(json, "requestId", requestId);
        json.setCharAt(json.length() - 1, '}');
        return json.toString();
    }

    private static void optional(StringBuilder json, String name, String value) {
        if (!value.isEmpty()) {
            member(json, name, value);
        }
    }

    private static void member(StringBuilder json, String name, String value) {
        json.append('"').append(name).append("\":\"");
        JsonStringEncoder.getInstance().quoteAsString(value, json);
        json.append("\",");
    }
}
