package io.laneway.gateway.traffic.page;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.router.text.HeaderName;

/**
 * Whether a client would rather have HTML than JSON, by {@code Accept} (RFC 9110 section 12.5.1): by the quality of either,
 * at the same quality by which one it names more exactly, and else JSON. So browsers get pages, and what programs send, none
 * or {@code *}{@code /*} or JSON by name, gets JSON. Confined to one thread at a time; reads the lines in place.
 */
public final class HtmlWish {

    private static final HeaderName ACCEPT = HeaderName.of("accept");
    private static final int NAMED = 2;
    private static final int FAMILY = 1;
    private static final int ANY = 0;

    private final MediaWish html = new MediaWish();
    private final MediaWish json = new MediaWish();
    private final MediaWish problem = new MediaWish();

    /** Whether a request says so. */
    public boolean in(HeaderLines request) {
        html.clear();
        json.clear();
        problem.clear();
        for (int line = request.find(ACCEPT, 0); line >= 0; line = request.find(ACCEPT, line + 1)) {
            read(request.array(), request.valueOffset(line), request.valueLength(line));
        }
        MediaWish other = json.isBelow(problem) ? problem : json;
        return html.quality() > 0 && other.isBelow(html);
    }

    private void read(byte[] from, int offset, int length) {
        AcceptMembers members = new AcceptMembers(from, offset, length);
        while (members.next()) {
            if (members.is("text/html")) {
                html.say(NAMED, members.quality());
            } else if (members.is("text/*")) {
                html.say(FAMILY, members.quality());
            } else if (members.is("application/json")) {
                json.say(NAMED, members.quality());
            } else if (members.is("application/problem+json")) {
                problem.say(NAMED, members.quality());
            } else if (members.is("application/*")) {
                json.say(FAMILY, members.quality());
                problem.say(FAMILY, members.quality());
            } else if (members.is("*/*")) {
                html.say(ANY, members.quality());
                json.say(ANY, members.quality());
                problem.say(ANY, members.quality());
            }
        }
    }
}
