package io.laneway.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** An OIDC issuer at which everyone is known already, so that a browser is sent back at once (OIDC Core, section 3.1). */
final class Issuer implements AutoCloseable {

    static final String CLIENT = "laneway-console";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final HttpServer server;
    private final KeyPair keys;
    private volatile String nonce = "";
    private volatile int console;

    Issuer() throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::respond);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Where the control API is, whatever address it says of itself. */
    void sendsBackTo(int port) {
        console = port;
    }

    private void respond(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        switch (exchange.getRequestURI().getPath()) {
            case "/jwks" -> send(exchange, "{\"keys\": [" + key() + "]}");
            case "/.well-known/openid-configuration" ->
                send(
                        exchange,
                        JSON.createObjectNode()
                                .put("issuer", url())
                                .put("authorization_endpoint", url() + "/authorize")
                                .put("token_endpoint", url() + "/token")
                                .toString());
            case "/authorize" -> back(exchange);
            default ->
                send(exchange, JSON.createObjectNode().put("id_token", token()).toString());
        }
    }

    private static void send(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void back(HttpExchange exchange) throws IOException {
        Map<String, String> query = new HashMap<>();
        for (String one : exchange.getRequestURI().getRawQuery().split("&")) {
            String[] pair = one.split("=", 2);
            query.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        nonce = query.get("nonce");
        String path = URI.create(query.get("redirect_uri")).getPath();
        exchange.getResponseHeaders()
                .add(
                        "location",
                        "http://localhost:" + console + path + "?code=c-1&state="
                                + URLEncoder.encode(query.get("state"), StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private String token() {
        ObjectNode claims = JSON.createObjectNode()
                .put("iss", url())
                .put("aud", CLIENT)
                .put("sub", "grace")
                .put("nonce", nonce)
                .put("laneway_role", "releaser")
                .put("exp", System.currentTimeMillis() / 1_000 + 600);
        String text = part("{\"alg\":\"RS256\",\"kid\":\"k1\"}") + "." + part(claims.toString());
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String key() {
        RSAPublicKey open = (RSAPublicKey) keys.getPublic();
        return JSON.createObjectNode()
                .put("kty", "RSA")
                .put("kid", "k1")
                .put("alg", "RS256")
                .put("use", "sig")
                .put("n", number(open.getModulus()))
                .put("e", number(open.getPublicExponent()))
                .toString();
    }

    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return BASE64.encodeToString(Arrays.copyOfRange(bytes, bytes[0] == 0 ? 1 : 0, bytes.length));
    }

    private static String part(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
