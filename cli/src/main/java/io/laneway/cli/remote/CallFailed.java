package io.laneway.cli.remote;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A call to the control API that did not do what was asked; the message is for a person. */
public final class CallFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    /** A call without a response. */
    public CallFailed(String message) {
        this(0, message);
    }

    private CallFailed(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The response's status, 0 if there was no response. */
    public int status() {
        return status;
    }

    /**
     * Reads a response of problem+json (RFC 9457), each wrong field and each gateway that did not answer on a line of
     * its own.
     */
    public static CallFailed of(int status, String body) {
        try {
            JsonObject problem = new JsonObject(body);
            StringBuilder text = new StringBuilder()
                    .append(status)
                    .append(' ')
                    .append(problem.getString("detail", problem.getString("title", "")));
            JsonArray errors = problem.getJsonArray("errors", new JsonArray());
            for (int i = 0; i < errors.size(); i++) {
                JsonObject error = errors.getJsonObject(i);
                text.append("\n  ")
                        .append(error.getString("pointer", ""))
                        .append(": ")
                        .append(error.getString("detail", ""));
            }
            MissingGateways.lines(problem).forEach(line -> text.append("\n  ").append(line));
            return new CallFailed(status, text.toString());
        } catch (DecodeException | ClassCastException e) {
            return new CallFailed(status, status + " " + body.strip());
        }
    }
}
