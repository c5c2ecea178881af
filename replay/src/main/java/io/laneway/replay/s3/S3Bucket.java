package io.laneway.replay.s3;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * Where a bucket is. Immutable.
 *
 * @param endpoint  of the store, such as {@code https://s3.eu-central-1.amazonaws.com}
 * @param region    that requests are signed for
 * @param pathStyle whether the bucket is in the path, as most stores of one's own want it, or in the host's name
 */
public record S3Bucket(URI endpoint, String region, String name, boolean pathStyle) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,40}");

    /** Where a request names no region. */
    public static final String DEFAULT_REGION = "us-east-1";

    public S3Bucket {
        boolean http = "https".equals(endpoint.getScheme()) || "http".equals(endpoint.getScheme());
        String path = endpoint.getRawPath();
        boolean bare = path == null || path.isEmpty() || path.equals("/");
        if (!http || endpoint.getHost() == null || !bare || endpoint.getRawQuery() != null) {
            throw new IllegalArgumentException("endpoint: " + endpoint + " (expected: https://host[:port])");
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("bucket: " + name + " (expected: the name of a bucket)");
        }
        if (!REGION.matcher(region).matches()) {
            throw new IllegalArgumentException("region: " + region + " (expected: such as eu-central-1)");
        }
    }

    /** A bucket of AWS. */
    public static URI aws(String region) {
        return URI.create("https://s3." + region + ".amazonaws.com");
    }

    /**
     * The address of a key or, for an empty one, of the bucket.
     *
     * @param query encoded; empty for none
     */
    URI address(String key, String query) {
        String host = (pathStyle ? "" : name + ".") + endpoint.getRawAuthority();
        String path = (pathStyle ? "/" + name : "") + "/" + UriText.path(key);
        return URI.create(endpoint.getScheme() + "://" + host + path + (query.isEmpty() ? "" : "?" + query));
    }
}
