package io.laneway.gateway.traffic.entry;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Sha256;
import io.laneway.router.text.Slice;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The page {@code /.well-known/laneway}: which lane a browser is in, why, and a button to leave it. It runs no script, loads
 * nothing, and no page of any site may frame it. Stateless.
 */
public final class BadgePage {

    /** Where it is. */
    public static final String PATH = "/.well-known/laneway";

    private static final String STYLE = "body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:4rem auto;"
            + "padding:0 1rem}dt{font-weight:600}dd{margin:0 0 .6rem}code{font-size:1.1em}"
            + "button{font:inherit;padding:.4rem 1rem}";

    private static final Map<HeaderName, String> FIELDS = Map.of(
            HeaderName.of("content-security-policy"),
            "default-src 'none'; style-src 'sha256-" + sha256(STYLE)
                    + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            HeaderName.of("x-frame-options"),
            "DENY",
            HeaderName.of("x-content-type-options"),
            "nosniff",
            HeaderName.of("referrer-policy"),
            "no-referrer",
            HeaderName.of("cross-origin-resource-policy"),
            "same-origin",
            HeaderName.of("cache-control"),
            "no-store");

    /**
     * What it shows.
     *
     * @param requested the lane asked for; empty for none
     * @param served    the lane that serves; empty for none
     * @param origin    what named the lane, with the name of a header or a cookie
     * @param leave     where to go to out of a lane's host; null where a cookie is what is to be left
     */
    public record Shown(
            String service,
            String requested,
            String served,
            String reason,
            String origin,
            @Nullable String leave) {}

    private BadgePage() {}

    /** Whether a request is for it. */
    static boolean is(RequestHead head) {
        Slice target = new Slice();
        head.target(target);
        int length = PATH.length();
        if (target.length() < length || (target.length() > length && target.byteAt(length) != '?')) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (target.byteAt(i) != PATH.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** What browsers are to make of it. */
    public static void writeFields(HeaderLines into) {
        FIELDS.forEach(into::add);
    }

    /** The page as HTML. */
    public static String of(Shown shown) {
        StringBuilder html = new StringBuilder(1500)
                .append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width\"><title>Lane</title><style>")
                .append(STYLE)
                .append("</style></head><body><h1>");
        if (shown.requested().isEmpty()) {
            html.append("No lane");
        } else {
            html.append("Lane <code id=\"lane\">");
            text(html, shown.requested());
            html.append("</code>");
        }
        html.append("</h1><dl>");
        entry(html, "Service of this host", "service", shown.service());
        entry(html, "Served by lane", "served", shown.served());
        entry(html, "Reason", "reason", shown.reason());
        entry(html, "Named by", "origin", shown.origin());
        html.append("</dl>");
        leave(html, shown.leave());
        return html.append("</body></html>").toString();
    }

    private static void leave(StringBuilder html, @Nullable String host) {
        if (host == null) {
            html.append("<form method=\"post\" action=\"" + PATH + "\">")
                    .append("<button id=\"leave\">Leave the lane</button></form>");
            return;
        }
        html.append("<p>The host names the lane. <a id=\"leave\" href=\"//");
        text(html, host);
        html.append("/\">Leave the lane</a></p>");
    }

    private static void entry(StringBuilder html, String what, String id, String value) {
        html.append("<dt>").append(what).append("</dt><dd id=\"").append(id).append("\">");
        text(html, value.isEmpty() ? "none" : value);
        html.append("</dd>");
    }

    private static void text(StringBuilder html, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '&' -> html.append("&amp;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.append(c);
            }
        }
    }

    private static String sha256(String text) {
        return Base64.getEncoder().encodeToString(Sha256.of(text));
    }
}
