package io.laneway.gateway.telemetry.recording;

import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.traffic.context.FollowedExchange;
import io.laneway.replay.form.Field;
import io.laneway.router.text.Slice;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The heads and trailers of an exchange until they are written. Confined to one thread at a time. */
final class HeldHeads {

    @Nullable
    ByteBuf request;

    @Nullable
    ByteBuf requestTrailers;

    @Nullable
    ByteBuf response;

    @Nullable
    ByteBuf responseTrailers;

    String method = "";
    String target = "";
    String authority = "";
    String scheme = "";

    /** Takes from a request's head what is not in its lines. */
    void read(RequestHead head, FollowedExchange exchange) {
        Slice text = new Slice();
        if (head.converted()) {
            head.method(text);
            method = text.toString();
            head.target(text);
        } else {
            head.originalMethod(text);
            method = text.toString();
            head.originalTarget(text);
        }
        target = text.toString();
        exchange.facts().authority(text);
        authority = text.toString();
        scheme = exchange.facts().original.secure() ? "https" : "http";
    }

    /** The fields of lines {@code name: value CRLF}. */
    static List<Field> fields(@Nullable ByteBuf lines) {
        if (lines == null) {
            return List.of();
        }
        List<Field> fields = new ArrayList<>();
        for (String line : lines.toString(StandardCharsets.ISO_8859_1).split("\r?\n", -1)) {
            int colon = line.indexOf(':', 1);
            if (colon > 0) {
                fields.add(new Field(
                        line.substring(0, colon), line.substring(colon + 1).trim()));
            }
        }
        return fields;
    }
}
