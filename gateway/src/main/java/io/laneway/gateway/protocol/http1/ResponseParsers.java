package io.laneway.gateway.protocol.http1;

import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.runtime.eventloop.Loop;
import java.util.ArrayDeque;

/**
 * The parsers of an event loop, each with the head that it reads into. A connection has one only from the first byte of a
 * head until that is handed on: as a rule the one that the connection before it had, which is still in the processor's
 * cache. Confined to one event loop; one for each loop.
 */
final class ResponseParsers {

    /** More are in use only while many heads have come in part. */
    private static final int MAX = 64;

    private final Http1Settings settings;
    private final ArrayDeque<ResponseParser> resting = new ArrayDeque<>();

    private ResponseParsers(Http1Settings settings) {
        this.settings = settings;
    }

    /** Those of a loop, whose connections are all bound by the same. On that loop. */
    static ResponseParsers of(Loop loop, Http1Settings settings) {
        return loop.part(ResponseParsers.class, () -> new ResponseParsers(settings));
    }

    /** One that is ready for a head; {@link #give} is to follow. */
    ResponseParser take() {
        ResponseParser parser = resting.pollLast();
        if (parser == null) {
            return new ResponseParser(
                    new ResponseHead(), settings.headBytes(), settings.headers() * 2, Http1Settings.KEEP_BYTES);
        }
        parser.reset();
        return parser;
    }

    /** Takes one back; its head is not looked at any more. */
    void give(ResponseParser parser) {
        if (resting.size() < MAX) {
            resting.addLast(parser);
        }
    }
}
