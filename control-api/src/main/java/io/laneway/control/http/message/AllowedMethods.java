package io.laneway.control.http.message;

import io.vertx.core.http.HttpMethod;
import java.util.List;

/** What a resource says to methods that it does not have. Stateless. */
public final class AllowedMethods {

    private AllowedMethods() {}

    /**
     * The methods there are: 204 to {@code OPTIONS} (RFC 9110 section 9.3.7), 405 to any other (section 15.5.6).
     *
     * @param asked the method of the request
     * @param allow the methods there are, {@code OPTIONS} included, such as {@code GET, HEAD, OPTIONS}
     */
    public static Reply reply(HttpMethod asked, String allow) {
        Reply reply = asked.equals(HttpMethod.OPTIONS)
                ? Reply.text("text/plain", "").with(204)
                : ProblemReply.of(405, "not this method here (expected: " + allow + ")", List.of());
        return reply.with("allow", allow);
    }
}
