package io.laneway.gateway.traffic.respond;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.protocol.stream.Downstream;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.traffic.context.ExchangeEnd;
import io.laneway.gateway.traffic.edge.OriginalRequest;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;

/**
 * Sends a browser that followed a signed link to the same address without the link, so that it is neither shown, copied nor
 * said to other sites as {@code Referer}. Confined to one event loop; one for each listener on it.
 */
public final class LinkReplies {

    private static final HeaderName LOCATION = HeaderName.of("location");
    private static final int SEE_OTHER = 303;

    private final ResponseHead head = new ResponseHead();
    private final Slice id = new Slice();

    /** Redirects, and ends the exchange. The address is a whole one: a path may begin as the name of another host does. */
    public void redirect(ExchangeContext context, ExchangeEnd exchange, String target) {
        OriginalRequest original = context.facts().original;
        head.clear(0);
        head.start(SEE_OTHER);
        head.bodyLength(0);
        HeaderLines lines = head.lines();
        lines.add(LOCATION, (original.secure() ? "https://" : "http://") + original.host() + target);
        lines.add(Field.CONTENT_LENGTH.header(), 0);
        ResponseHeaders.settleForBrowsers(context, head);
        ResponseHeaders.identify(context, lines, id);
        context.facts().status = SEE_OTHER;
        Downstream to = context.downstream();
        exchange.finish();
        to.head(head, true);
    }
}
