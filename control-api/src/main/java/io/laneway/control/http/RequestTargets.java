package io.laneway.control.http;

import io.laneway.control.http.message.AllowedMethods;
import io.laneway.control.http.message.ProblemReply;
import io.laneway.control.http.message.Reply;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Refuses targets that name nothing: escapes that cannot be read (RFC 3986 section 2.1), bytes that are not UTF-8, which
 * would all become U+FFFD and so one object, and control characters, which no name has. Responds to {@code OPTIONS *}, which is
 * about the server as a whole (RFC 9110 section 9.3.7). Stateless.
 */
public final class RequestTargets {

    private static final int HEX = 16;
    private static final String METHODS = "DELETE, GET, HEAD, OPTIONS, POST, PUT";

    private RequestTargets() {}

    /** Hands on what can be read. */
    public static Handler<HttpServerRequest> readable(Handler<HttpServerRequest> then) {
        return request -> {
            if (request.uri().equals("*") && request.method().equals(HttpMethod.OPTIONS)) {
                send(request, AllowedMethods.reply(HttpMethod.OPTIONS, METHODS));
            } else if (readable(request.uri())) {
                then.handle(request);
            } else {
                refuse(request);
            }
        };
    }

    static boolean readable(String target) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(target.length());
        for (int at = 0; at < target.length(); at++) {
            int value = target.charAt(at);
            if (value == '%') {
                value = escaped(target, at + 1);
                at += 2;
            } else if (value <= ' ' || value > '~') {
                return false;
            }
            if (value < 0) {
                return false;
            }
            bytes.write(value);
        }
        return utf8(bytes.toByteArray());
    }

    /** The byte of two hex digits, negative if they are none. */
    private static int escaped(String target, int at) {
        if (at + 1 >= target.length()) {
            return -1;
        }
        int high = Character.digit(target.charAt(at), HEX);
        int low = Character.digit(target.charAt(at + 1), HEX);
        return high < 0 || low < 0 ? -1 : high * HEX + low;
    }

    private static boolean utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .chars()
                    .noneMatch(Character::isISOControl);
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static void refuse(HttpServerRequest request) {
        send(
                request,
                ProblemReply.of(
                        400,
                        "the target cannot be read (expected: two hex digits after each %, UTF-8, and no control"
                                + " characters)",
                        List.of()));
    }

    private static void send(HttpServerRequest request, Reply reply) {
        HttpServerResponse response =
                request.response().setStatusCode(reply.status()).putHeader("cache-control", "no-store");
        reply.headers().forEach(response::putHeader);
        if (reply.status() == 204) {
            response.end();
        } else {
            response.putHeader("content-type", reply.type()).end(reply.body());
        }
    }
}
