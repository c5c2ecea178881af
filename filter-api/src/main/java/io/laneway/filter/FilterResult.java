package io.laneway.filter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What becomes of a request. Immutable. */
public sealed interface FilterResult permits FilterResult.Proceed, FilterResult.Respond {

    /** The request proceeds to the next filter or the endpoint; the methods of the result change its head. */
    static Proceed proceed() {
        return Proceed.UNCHANGED;
    }

    /** The filter responds itself, and no endpoint sees the request. */
    static Respond respond(int status) {
        return Respond.of(status);
    }

    /** This, known at once. */
    default CompletionStage<FilterResult> now() {
        return CompletableFuture.completedFuture(this);
    }

    /**
     * The request proceeds.
     *
     * @param target   in place of the request's, such as {@code /orders?page=2}; null leaves it
     * @param changes  to the request's header lines
     * @param response sees the head of the response; null for nothing
     */
    record Proceed(
            @Nullable String target,
            HeaderChanges changes,
            @Nullable ResponseFilter response) implements FilterResult {

        private static final Proceed UNCHANGED = new Proceed(null, HeaderChanges.none(), null);

        public Proceed {
            if (target != null) {
                HeaderText.requireTarget(target);
            }
        }

        /** Forwards that path and query. Routes do not change it any more. */
        public Proceed target(String pathAndQuery) {
            return new Proceed(pathAndQuery, changes, response);
        }

        /** Replaces all header lines of that name. */
        public Proceed set(String name, String value) {
            return new Proceed(target, changes.set(name, value), response);
        }

        /** Adds a header line. */
        public Proceed add(String name, String value) {
            return new Proceed(target, changes.add(name, value), response);
        }

        /** Removes all header lines of that name. */
        public Proceed remove(String name) {
            return new Proceed(target, changes.remove(name), response);
        }

        /** Has the head of the response seen before the client gets it. */
        public Proceed onResponse(ResponseFilter filter) {
            return new Proceed(target, changes, filter);
        }
    }

    /**
     * A response of a filter's own. Immutable. Clients of gRPC get the status as that of a call instead, and no body; the gateway
     * writes the length.
     */
    final class Respond implements FilterResult {

        private static final int NO_CONTENT = 204;
        private static final int RESET_CONTENT = 205;
        private static final int NOT_MODIFIED = 304;
        private static final byte[] NOTHING = {};

        private final int status;
        private final List<Header> headers;
        private final byte[] body;

        private Respond(int status, List<Header> headers, byte[] body) {
            this.status = status;
            this.headers = List.copyOf(headers);
            this.body = body;
        }

        static Respond of(int status) {
            if (status < 200 || status > 599) {
                throw new IllegalArgumentException("status: " + status + " (expected: 200 to 599)");
            }
            return new Respond(status, List.of(), NOTHING);
        }

        /** The same with one more header line. */
        public Respond header(String name, String value) {
            HeaderText.requireLine(name, value);
            List<Header> more = new ArrayList<>(headers);
            more.add(new Header(name, value));
            return new Respond(status, more, body);
        }

        /** The same with that body, and its {@code content-type}. */
        public Respond body(String contentType, byte[] bytes) {
            if (bytes.length > 0 && (status == NO_CONTENT || status == RESET_CONTENT || status == NOT_MODIFIED)) {
                throw new IllegalArgumentException("body: of a response with " + status + " (expected: none)");
            }
            return new Respond(status, headers, bytes.clone()).header("content-type", contentType);
        }

        /** The same with a text as its body, in UTF-8. */
        public Respond body(String contentType, String text) {
            return body(contentType, text.getBytes(StandardCharsets.UTF_8));
        }

        public int status() {
            return status;
        }

        /** The header lines, in their order. */
        public List<Header> headers() {
            return headers;
        }

        /** A copy of the body, empty for none. */
        public byte[] body() {
            return body.clone();
        }
    }
}
