package io.laneway.router.link;

import io.laneway.router.text.Slug;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The address of an application to which the parameters of a link are added. Immutable. */
public final class LinkAddress {

    private final String page;
    private final String fragment;

    private LinkAddress(String page, String fragment) {
        this.page = page;
        this.fragment = fragment;
    }

    /**
     * The address of a page.
     *
     * @throws IllegalArgumentException if it is none that a browser takes, or names a user
     */
    public static LinkAddress parse(String url) {
        URI address;
        try {
            address = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw wrong(url, e);
        }
        String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        boolean web = scheme.equals("http") || scheme.equals("https");
        if (!web || address.getHost() == null || address.getRawUserInfo() != null) {
            throw wrong(url, null);
        }
        int hash = url.indexOf('#');
        return hash < 0 ? new LinkAddress(url, "") : new LinkAddress(url.substring(0, hash), url.substring(hash));
    }

    private static IllegalArgumentException wrong(String url, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                url + " (expected: an address such as https://app.example.com/orders)", cause);
    }

    /** The parameters that make any address a link: the carrier's and that of the key. */
    public static String query(String parameter, String lane, String key) {
        return encoded(parameter) + "=" + encoded(Slug.of(lane)) + "&" + LaneLink.NAME + "=" + key;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The address with parameters added. */
    public String with(String query) {
        String separator = page.indexOf('?') < 0 ? "?" : page.endsWith("?") || page.endsWith("&") ? "" : "&";
        return page + separator + query + fragment;
    }
}
