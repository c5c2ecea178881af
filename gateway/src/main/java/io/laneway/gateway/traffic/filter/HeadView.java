package io.laneway.gateway.traffic.filter;

import io.laneway.filter.Header;
import io.laneway.filter.Headers;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.traffic.context.ExchangeFacts;
import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a request's head, which outlives its exchange. Immutable.
 *
 * @param service empty where its host is passed through
 * @param lane    that serves
 * @param tenant  null for none
 */
record HeadView(
        String method,
        String target,
        Headers headers,
        String scheme,
        String host,
        String client,
        String id,
        String listener,
        String service,
        String lane,
        @Nullable String tenant) {

    /** Of the request as it is now. */
    static HeadView of(ExchangeContext context) {
        RequestHead head = context.request();
        ExchangeFacts facts = context.facts();
        Slice slice = new Slice();
        head.method(slice);
        String method = text(slice);
        head.target(slice);
        String target = text(slice);
        facts.requestId(slice);
        String id = text(slice);
        facts.tenant(slice);
        String tenant = text(slice);
        boolean through = facts.passedThrough;
        return new HeadView(
                method,
                target,
                headers(head.lines()),
                facts.original.secure() ? "https" : "http",
                text(facts.original.host()),
                text(facts.original.source()),
                id,
                context.listener().name(),
                through ? "" : facts.service(),
                through ? "" : facts.lane(),
                tenant.isEmpty() ? null : tenant);
    }

    /** Lines that are there. */
    static Headers headers(HeaderLines lines) {
        List<Header> copies = new ArrayList<>(lines.count());
        for (int line = 0; line < lines.count(); line++) {
            if (!lines.isRemoved(line)) {
                copies.add(new Header(
                        text(lines.array(), lines.nameOffset(line), lines.nameLength(line)),
                        text(lines.array(), lines.valueOffset(line), lines.valueLength(line))));
            }
        }
        return new Headers(copies);
    }

    private static String text(Slice slice) {
        return text(slice.array(), slice.offset(), slice.length());
    }

    private static String text(byte[] array, int offset, int length) {
        return new String(array, offset, length, StandardCharsets.ISO_8859_1);
    }
}
