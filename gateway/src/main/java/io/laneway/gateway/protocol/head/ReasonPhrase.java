package io.laneway.gateway.protocol.head;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;

/**
 * Reason phrases of statuses as the IANA registry of HTTP status codes has them (RFC 9110 section 16.2.1), for status lines
 * and titles of problems. Stateless.
 */
public final class ReasonPhrase {

    /** Those that Netty lacks, or has from documents that RFC 9110 and RFC 8470 replaced. */
    private static final Map<Integer, String> NEWER = Map.of(
            208, "Already Reported",
            226, "IM Used",
            413, "Content Too Large",
            414, "URI Too Long",
            416, "Range Not Satisfiable",
            422, "Unprocessable Content",
            425, "Too Early",
            451, "Unavailable For Legal Reasons",
            508, "Loop Detected");

    private ReasonPhrase() {}

    /** The phrase of a status; that of its class for one that is not registered. */
    public static String of(int status) {
        String newer = NEWER.get(status);
        return newer == null ? HttpResponseStatus.valueOf(status).reasonPhrase() : newer;
    }
}
