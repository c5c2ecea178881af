package io.laneway.control.login;

import io.laneway.control.auth.AuthConfig.Login;
import io.laneway.control.auth.AuthConfig.Oidc;
import io.laneway.control.auth.Denied;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The issuer's endpoints for logins, as its configuration document names them (OpenID Connect Discovery 1.0), read once.
 * Safe for many threads; blocks.
 */
final class IssuerEndpoints {

    private static final Logger log = LoggerFactory.getLogger(IssuerEndpoints.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_BYTES = 1 << 20;
    private static final int OK = 200;

    private final Oidc oidc;
    private final Login login;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private volatile @Nullable Known known;

    /** Where a browser is sent, and where codes are exchanged. Immutable. */
    private record Known(String authorization, URI token) {}

    IssuerEndpoints(Oidc oidc, Login login) {
        this.oidc = oidc;
        this.login = login;
    }

    /** Where the issuer sends a browser back. */
    private String callback() {
        return login.api().toString().replaceAll("/+$", "") + "/v1/login/callback";
    }

    /** Where a browser goes to log in. */
    String authorization(LoginState state) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", login.client());
        query.put("redirect_uri", callback());
        query.put("scope", "openid");
        query.put("state", state.state());
        query.put("nonce", state.nonce());
        query.put("code_challenge", state.challenge());
        query.put("code_challenge_method", "S256");
        String at = known().authorization();
        return at + (at.indexOf('?') < 0 ? "?" : "&") + form(query);
    }

    /** The ID token for a code. */
    String idToken(String code, LoginState state) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", callback());
        form.put("client_id", login.client());
        form.put("code_verifier", state.verifier());
        HttpRequest.Builder request = HttpRequest.newBuilder(known().token())
                .timeout(TIMEOUT)
                .header("content-type", "application/x-www-form-urlencoded")
                .header("accept", "application/json")
                .POST(BodyPublishers.ofString(form(form)));
        if (!login.secret().isEmpty()) {
            // RFC 6749 section 2.3.1: both are form-encoded before they are joined.
            String both = encoded(login.client()) + ":" + encoded(login.secret());
            request.header(
                    "authorization",
                    "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
        }
        if (call(request.build()).getValue("id_token") instanceof String token) {
            return token;
        }
        throw Denied.unknown("the issuer gave no ID token for this code");
    }

    private Known known() {
        Known now = known;
        if (now != null) {
            return now;
        }
        URI document = URI.create(oidc.issuer().replaceAll("/+$", "") + "/.well-known/openid-configuration");
        JsonObject said = call(HttpRequest.newBuilder(document).timeout(TIMEOUT).build());
        if (!oidc.issuer().equals(said.getValue("issuer"))
                || !(said.getValue("authorization_endpoint") instanceof String authorization)
                || !(said.getValue("token_endpoint") instanceof String token)) {
            throw Denied.unknown("the issuer's configuration is not that of " + oidc.issuer());
        }
        Known fresh = new Known(authorization, URI.create(token));
        known = fresh;
        return fresh;
    }

    private JsonObject call(HttpRequest request) {
        try {
            HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                byte[] body = in.readNBytes(MAX_BYTES);
                if (response.statusCode() != OK) {
                    throw problem(request, "status " + response.statusCode());
                }
                return new JsonObject(new String(body, StandardCharsets.UTF_8));
            }
        } catch (IOException | DecodeException | ClassCastException e) {
            throw problem(request, e.getClass().getSimpleName() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw problem(request, "interrupted");
        }
    }

    private static Denied problem(HttpRequest request, String problem) {
        log.atWarn()
                .addKeyValue("endpoint", request.uri())
                .addKeyValue("problem", problem)
                .log("the issuer did not respond as expected to a login");
        return Denied.unknown("the issuer did not respond as expected; the log of the control API says more");
    }

    private static String form(Map<String, String> values) {
        return values.entrySet().stream()
                .map(one -> one.getKey() + "=" + encoded(one.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
