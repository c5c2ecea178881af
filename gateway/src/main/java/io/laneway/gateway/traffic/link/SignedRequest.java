package io.laneway.gateway.traffic.link;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.traffic.entry.PairLines;
import io.laneway.router.carrier.CarrierNames;
import io.laneway.router.carrier.HostPattern;
import io.laneway.router.carrier.Pairs;
import io.laneway.router.decision.Origins;
import io.laneway.router.link.LaneLink;
import io.laneway.router.request.Authority;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * What of lanes is taken off the head of a request: keys of links before anything else sees them, carriers before it is
 * forwarded, since listeners further in would obey them unsigned. Stateless.
 */
final class SignedRequest {

    static final HeaderName HEADER = HeaderName.of("x-laneway-key");
    private static final HeaderName REFERER = HeaderName.of("referer");
    static final byte[] NAME = LaneLink.NAME.getBytes(StandardCharsets.US_ASCII);
    private static final byte[][] NAMES = {NAME};
    private static final Set<String> PARAMETERS = Set.of(LaneLink.NAME);

    private SignedRequest() {}

    /** Takes off every key: of the target as it came, cookies, the header, and the address of the page before. */
    static void removeKeys(RequestHead head) {
        HeaderLines lines = head.lines();
        Slice text = new Slice();
        head.originalTarget(text);
        if (Pairs.query(text, NAME, new Slice())) {
            head.retarget(QueryText.without(text.toString(), PARAMETERS));
        }
        if (lines.mayHave(Field.COOKIE.bit())) {
            PairLines.removeCookies(lines, NAMES);
        }
        lines.remove(HEADER);
        int line = lines.find(REFERER, 0);
        if (line >= 0) {
            lines.value(line, text);
            String page = text.toString();
            String clean = QueryText.without(page, PARAMETERS);
            if (clean.length() < page.length()) {
                lines.remove(REFERER);
                lines.add(REFERER, clean);
            }
        }
    }

    /** Takes off the carriers that are no stamp, which is written over in any case. */
    static void removeCarriers(RequestHead head, CarrierNames names) {
        HeaderLines lines = head.lines();
        for (HeaderName name : names.headers(true)) {
            lines.remove(name);
        }
        if (lines.mayHave(Field.COOKIE.bit())) {
            PairLines.removeCookies(lines, names.cookies());
        }
        Slice target = new Slice();
        head.target(target);
        String text = target.toString();
        String clean = QueryText.without(text, texts(names.queries()));
        if (clean.length() < text.length()) {
            head.replaceTarget(clean);
        }
        PairLines.removeMembers(lines, names.members(true));
    }

    /** The target of a link without anything of a lane. */
    static String clean(RequestHead head, CarrierNames names) {
        Slice target = new Slice();
        head.originalTarget(target);
        return QueryText.without(target.toString(), texts(names.queries()));
    }

    private static Set<String> texts(byte[][] names) {
        Set<String> texts = new HashSet<>();
        for (byte[] name : names) {
            texts.add(new String(name, StandardCharsets.ISO_8859_1));
        }
        return texts;
    }

    /**
     * Whether listeners further in would find a lane in the host of a request or of its page, which cannot be taken off:
     * internal ones also in {@code service.lane}.
     */
    static boolean hostNamesLane(RequestHead head, CompiledTable<?, ?> table) {
        Slice host = new Slice();
        head.authority(host);
        Authority.host(host, host);
        if (table.placeByLane(host, new Slice()) >= 0 || matches(table.carriers(), host)) {
            return true;
        }
        return table.carriers().hosts().length > 0
                && head.header(CarrierNames.ORIGIN, host)
                && Origins.host(host, host)
                && matches(table.carriers(), host);
    }

    private static boolean matches(CarrierNames names, Slice host) {
        for (HostPattern pattern : names.hosts()) {
            if (pattern.match(host, new Slice())) {
                return true;
            }
        }
        return false;
    }
}
