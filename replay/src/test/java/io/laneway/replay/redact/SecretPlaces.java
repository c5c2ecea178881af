package io.laneway.replay.redact;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.laneway.replay.Records;
import io.laneway.replay.form.Field;
import io.laneway.replay.form.RecordedBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.zip.GZIPOutputStream;

/** The places where the corpus has secrets: each puts one into a record. Stateless. */
final class SecretPlaces {

    private SecretPlaces() {}

    static final List<BiConsumer<Records, String>> ALL = List.of(
            (r, s) -> r.header("Authorization", "Bearer " + s),
            (r, s) -> r.header("authorization", "Basic " + base64("joe:" + s)),
            (r, s) -> r.header("Proxy-Authorization", s),
            (r, s) -> r.header("Cookie", "theme=dark; sid=" + s + "; lang=\"" + s + "\""),
            (r, s) -> r.responseHeader("Set-Cookie", "session=" + s + "; Path=/; HttpOnly"),
            (r, s) -> r.header("X-API-Key", s),
            (r, s) -> r.header("x_auth_token", s),
            (r, s) -> r.header("X-Client-SECRET", s),
            (r, s) -> r.header("x-given", s),
            (r, s) -> r.header("Referer", "https://shop.example.com/a?access_token=" + s + "&page=2"),
            (r, s) -> r.responseHeader("Location", "/cb#id_token=" + s + "&state=1"),
            (r, s) -> r.responseHeader("Link", "</n?api_key=" + s + ">; rel=next"),
            (r, s) -> r.responseHeader("Refresh", "0; url=/in?token=" + s),
            (r, s) -> r.header("X-Original-URL", "/a?password=" + s),
            (r, s) -> r.header("baggage", "user=joe,secret=" + s + ",x=1"),
            (r, s) -> r.header("x-user", "{\"name\":\"joe\",\"password\":\"" + s + "\"}"),
            (r, s) -> r.header("x-user-info", base64("{\"name\": \"joe\", \"secret\": \"" + s + "\"}")),
            (r, s) -> r.header("Sec-WebSocket-Protocol", "chat, access_token, " + s),
            (r, s) -> r.requestTrailers.add(new Field("x-token", s)),
            (r, s) -> r.header("te", "trailers").header("grpc-token-bin", base64(s)),
            (r, s) -> r.responseTrailers.add(new Field("session-token", s)),
            (r, s) -> r.target("/orders?q=1&token=" + s),
            (r, s) -> r.target("/orders?%70assw%6Frd=" + escaped(s) + "&x"),
            (r, s) -> r.target("/orders?user%5BAPI%2DKEY%5D=" + s),
            (r, s) -> r.target("/login;jsessionid=" + s + "/x?y=1"),
            (r, s) -> r.target("/go?next=" + encoded("/cb?x=1&refresh_token=" + s)),
            (r, s) -> r.target("/go?next=" + encoded(encoded("/cb?x=1&refresh_token=" + s))),
            (r, s) -> r.target("/find?given-query=" + s),
            (r, s) -> r.authority = "joe:" + s + "@shop.example.com",
            (r, s) -> r.body("application/json", "{\"user\":{\"passWord\":\"" + s + "\",\"age\":7}}"),
            (r, s) -> r.body(
                    "application/json", "{\"env\":[{\"name\":\"DB_PASSWORD\",\"x\":{},\"value\":\"" + s + "\"}]}"),
            (r, s) -> r.body("application/octet-stream", gzip(("{\"token\":\"" + s + "\"}").getBytes(UTF_8))),
            (r, s) -> gzip(r.header("content-encoding", "gzip"), "{\"client_secret\":\"" + s + "\"}"),
            (r, s) -> r.body("application/json", "{\"tokens\":[{\"v\":\"" + s + "\"},[\"" + s + "\"]],\"a\":1}"),
            (r, s) -> r.body(
                    "application/json", "{\"user\":{\"ssn\":\"" + s + "\"},\"items\":[{\"iban\":\"" + s + "\"}]}"),
            (r, s) -> r.body("text/plain", "{\"ap\\u0069_key\" : \"" + s + "\", \"b\": [1,2"),
            (r, s) -> cut(r.body("application/json", "{\"a\":[1,2],\"secret\":\"" + s)),
            (r, s) -> r.body("application/json", "{\"log\":\"{\\\"password\\\":\\\"" + s + "\\\"}\"}"),
            (r, s) -> r.body("application/json", "{\"query\":\"mutation{login(password:\\\"" + s + "\\\"){id}}\"}"),
            (r, s) -> r.body("application/json", ("{\"token\":\"" + s + "\"}").getBytes(UTF_16)),
            (r, s) -> gzip(r, "{\"client_secret\":\"" + s + "\"}"),
            (r, s) ->
                    r.body("application/x-www-form-urlencoded", "user=joe&p%61ssword=" + escaped(s) + "&given-form=1"),
            (r, s) -> r.body("application/x-www-form-urlencoded", "a=1&given-form=" + s),
            (r, s) -> r.body("multipart/form-data; boundary=xx", part("password", "", s) + "--xx--\r\n"),
            (r, s) -> r.body(
                    "multipart/form-data; boundary=\"xx\"", part("f", "application/json", "{\"token\":\"" + s + "\"}")),
            (r, s) -> cut(r.body(
                    "multipart/form-data; boundary=xx", part("api-key", "", s).stripTrailing())),
            (r, s) -> r.body(
                    "application/xml", "<a><ns:password x='1'>" + s + "</ns:password><b token=\"" + s + "\"/></a>"),
            (r, s) -> r.responseBody("text/html", "<input type=hidden value=\"" + s + "\" name=\"csrf_token\">"),
            (r, s) -> r.responseBody("text/event-stream", "event: x\ndata: {\"token\":\"" + s + "\"}\n\n"),
            (r, s) -> r.responseBody("application/x-ndjson", "{\"a\":1}\n{\"secret\":\"" + s + "\"}\n"),
            (r, s) -> r.responseBody(
                    "text/plain", "[INFO] login with password=" + s + " done\nAuthorization: Bearer " + s),
            (r, s) -> r.responseBody(
                    "application/json", "{\"jwt_is\":\"no\",\"x\":\"eyJhbGciOiJIUzI1NiJ9." + s + ".c2ln\"}"),
            (r, s) -> r.header("authorization", "Bearer " + s).responseBody("text/plain", "you are " + s),
            (r, s) -> grpc(r.header("authorization", "Bearer " + s), s));

    private static String part(String name, String type, String body) {
        String said = type.isEmpty() ? "" : "Content-Type: " + type + "\r\n";
        return "--xx\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--xx\r\n"
                + "Content-Disposition: form-data; name=\"" + name + "\"\r\n" + said + "\r\n" + body + "\r\n";
    }

    private static void cut(Records records) {
        RecordedBody whole = records.requestBody;
        records.requestBody = new RecordedBody(whole.bytes(), whole.size() + 100, true, null, null);
    }

    private static void gzip(Records records, String json) {
        records.body("application/json", gzip(json.getBytes(UTF_8))).header("Content-Encoding", "gzip");
    }

    /** A compressed message with the secret in a field, and one that is not compressed. */
    private static void grpc(Records records, String secret) {
        byte[] message = ("\n" + (char) secret.length() + secret).getBytes(UTF_8);
        byte[] small = gzip(message);
        records.header("grpc-encoding", "gzip");
        records.body(
                "application/grpc",
                ByteBuffer.allocate(10 + small.length + message.length)
                        .put((byte) 1)
                        .putInt(small.length)
                        .put(small)
                        .put((byte) 0)
                        .putInt(message.length)
                        .put(message)
                        .array());
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    /** Its first characters percent-encoded. */
    private static String escaped(String secret) {
        StringBuilder out = new StringBuilder();
        secret.substring(0, 4).chars().forEach(c -> out.append('%').append(Integer.toHexString(c)));
        return out.append(secret.substring(4)).toString();
    }
}
