package io.laneway.replay.s3;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * AWS Signature Version 4 in header fields, over the payload too
 * (docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html). Immutable.
 *
 * @param service {@code s3}, but for the test vectors of AWS
 */
record Signature(String region, String service) {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String HMAC = "HmacSHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int DAY = 8;

    /**
     * The fields that a request needs beside {@code Host}.
     *
     * @param address its query is encoded and in the order of names
     */
    Map<String, String> sign(String method, URI address, String payloadHash, S3Credentials who, Instant now) {
        String time = TIME.format(now);
        Map<String, String> fields = new TreeMap<>();
        fields.put("host", host(address));
        fields.put("x-amz-content-sha256", payloadHash);
        fields.put("x-amz-date", time);
        if (!who.session().isEmpty()) {
            fields.put("x-amz-security-token", who.session());
        }
        fields.put("authorization", authorization(method, address, fields, who, time));
        fields.remove("host");
        return fields;
    }

    /** As the client writes it: without the scheme's own port. */
    private static String host(URI address) {
        int own = "https".equals(address.getScheme()) ? 443 : 80;
        boolean written = address.getPort() >= 0 && address.getPort() != own;
        return written ? address.getHost() + ":" + address.getPort() : address.getHost();
    }

    private String authorization(
            String method, URI address, Map<String, String> fields, S3Credentials who, String time) {
        StringBuilder lines = new StringBuilder();
        fields.forEach((name, value) ->
                lines.append(name).append(':').append(value.trim()).append('\n'));
        String names = String.join(";", fields.keySet());
        String query = address.getRawQuery() == null ? "" : address.getRawQuery();
        String request = method + "\n" + address.getRawPath() + "\n" + query + "\n" + lines + "\n" + names + "\n"
                + fields.get("x-amz-content-sha256");
        String scope = time.substring(0, DAY) + "/" + region + "/" + service + "/aws4_request";
        String text = ALGORITHM + "\n" + time + "\n" + scope + "\n" + hash(request.getBytes(StandardCharsets.UTF_8));
        byte[] key = hmac(("AWS4" + who.secretKey()).getBytes(StandardCharsets.UTF_8), time.substring(0, DAY));
        for (String part : new String[] {region, service, "aws4_request"}) {
            key = hmac(key, part);
        }
        return ALGORITHM + " Credential=" + who.accessKey() + "/" + scope + ", SignedHeaders=" + names + ", Signature="
                + HexFormat.of().formatHex(hmac(key, text));
    }

    /** SHA-256 in hexadecimal digits. */
    static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is in every JDK", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is in every JDK", e);
        }
    }
}
