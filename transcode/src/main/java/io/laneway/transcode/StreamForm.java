package io.laneway.transcode;

import java.util.Locale;

/** How a stream of messages is one body. Immutable. */
enum StreamForm {
    /** One array of JSON. */
    ARRAY("application/json", "[", ",", "", "]"),
    /** A message a line. */
    LINES("application/x-ndjson", "", "", "\n", ""),
    /** Server-sent events, a message each. */
    EVENTS("text/event-stream", "data: ", "data: ", "\n\n", "");

    private final String type;
    private final String first;
    private final String next;
    private final String behind;
    private final String end;

    StreamForm(String type, String first, String next, String behind, String end) {
        this.type = type;
        this.first = first;
        this.next = next;
        this.behind = behind;
        this.end = end;
    }

    /** The form that a client accepts; an array unless it names another. */
    static StreamForm of(String accept) {
        String accepted = accept.toLowerCase(Locale.ROOT);
        if (accepted.contains(EVENTS.type)) {
            return EVENTS;
        }
        boolean lines = accepted.contains("ndjson") || accepted.contains("jsonl") || accepted.contains("stream+json");
        return lines ? LINES : ARRAY;
    }

    String type() {
        return type;
    }

    /** A message within the stream. */
    String piece(String json, boolean isFirst) {
        return (isFirst ? first : next) + json + behind;
    }

    /** What ends a stream, of which so much has been sent. */
    String end(boolean begun) {
        return this == ARRAY && !begun ? "[]" : end;
    }

    /** An error amid the stream, null if this form has no way to say one. */
    @org.jspecify.annotations.Nullable
    String error(String status) {
        return switch (this) {
            case ARRAY -> null;
            case LINES -> "{\"error\":" + status + "}\n";
            case EVENTS -> "event: error\ndata: " + status + "\n\n";
        };
    }
}
