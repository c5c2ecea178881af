package io.laneway.router.text;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The form in which browsers send origins (RFC 6454 section 6.2), to which gateways compare as it is. Stateless. */
public final class Origin {

    /** What an origin looks like. */
    public static final String FORM = "scheme://host[:port], such as https://shop.example.com, or '*'";

    private static final Pattern PARTS = Pattern.compile(
            "([a-z][a-z0-9+.-]*)://([a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?|\\[[0-9a-f:.]+])(?::(\\d{1,5}))?/?");

    private Origin() {}

    /** The form that can match: in lower case, without a slash at its end or a scheme's own port; null if it is no origin. */
    public static @Nullable String normal(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (text.equals("*") || text.equals("null")) {
            return text;
        }
        Matcher parts = PARTS.matcher(lower);
        if (!parts.matches()) {
            return null;
        }
        String scheme = parts.group(1);
        String port = parts.group(3);
        boolean usual = port == null
                || (scheme.equals("http") && port.equals("80"))
                || (scheme.equals("https") && port.equals("443"));
        return scheme + "://" + parts.group(2) + (usual ? "" : ":" + port);
    }
}
