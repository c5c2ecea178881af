package io.laneway.gateway.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.testkit.FrameSocket;
import io.netty.handler.codec.http2.Http2Error;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every case of {@code corpus/http2} from HTTP/2 down to HTTP/1.1; after each, a plain request is answered at once, and
 * the endpoints saw exactly the requests that the case says.
 */
class Http2CorpusIT {

    private static final int PROBE = 101;

    private static CorpusGateway site;

    @BeforeAll
    static void start() {
        site = new CorpusGateway();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    static List<CorpusCase> cases() {
        return CorpusCase.all("http2");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isAnsweredAndForwardedAsItsFileSays(CorpusCase each) {
        site.begin(each);
        List<FrameScript.Sent> frames = FrameScript.frames(each.sections().get("send"));
        StringBuilder body = new StringBuilder();
        List<String> answered = new ArrayList<>();
        try (FrameSocket client = FrameSocket.client(site.port(each.setting("listener", "edge")))) {
            Set<Integer> streams = new LinkedHashSet<>();
            for (FrameScript.Sent frame : frames) {
                client.frame(frame.type(), frame.flags(), frame.stream(), frame.payload());
                streams.add(frame.stream());
            }
            for (int stream : streams) {
                answered.add(response(client, stream, body));
            }
            if (!answered.toString().contains("goaway")) {
                answered.add(end(client));
            }
        }

        assertThat(String.join(" ", answered)).isEqualTo(String.join(" ", each.words("expect")));
        if (each.has("body")) {
            assertThat(body.toString()).isEqualTo(each.text("body"));
        }
        site.answersAPlainRequest();
        site.assertSeen(each);
    }

    /** What comes on a stream up to its end: a status, {@code reset CODE} or {@code goaway CODE}. */
    private static String response(FrameSocket client, int stream, StringBuilder body) {
        String status = "";
        try {
            for (FrameSocket.Frame frame = client.read(); frame != null; frame = client.read()) {
                if (frame.type() == FrameSocket.GOAWAY && frame.error() != 0) {
                    return "goaway " + Http2Error.valueOf(frame.error());
                }
                if (frame.type() == FrameSocket.HEADERS) {
                    String fields = client.fields(frame);
                    status = status.isEmpty() ? fields.substring(9, 12) : status;
                } else if (frame.type() == FrameSocket.DATA && frame.stream() == stream) {
                    body.append(new String(frame.payload(), StandardCharsets.ISO_8859_1));
                } else if (frame.type() == FrameSocket.RST_STREAM && frame.stream() == stream) {
                    return (status.isEmpty() ? "" : status + "-") + "reset " + Http2Error.valueOf(frame.error());
                }
                if (frame.stream() == stream && frame.endsStream()) {
                    return status;
                }
            }
        } catch (UncheckedIOException e) {
            return status + " nothing";
        }
        return status + " closed";
    }

    private static String end(FrameSocket client) {
        try {
            FrameSocket.Response after = client.get(PROBE, "/probe", "x-after: 1\n");
            return after.status() == 200 && after.body().equals("GET /probe HTTP/1.1") ? "keep" : "broken " + after;
        } catch (IllegalStateException e) {
            return "close";
        }
    }

    @Test
    void hasEnoughCases() {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(150);
    }
}
