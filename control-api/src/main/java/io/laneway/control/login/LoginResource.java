package io.laneway.control.login;

import io.laneway.control.auth.AuthConfig.Login;
import io.laneway.control.auth.AuthConfig.Oidc;
import io.laneway.control.auth.CookieSeal;
import io.laneway.control.auth.Denied;
import io.laneway.control.auth.JwtIssuer;
import io.laneway.control.auth.Sessions;
import io.laneway.control.http.Call;
import io.laneway.control.http.Routes;
import io.laneway.control.http.message.Reply;
import io.laneway.control.table.Refusal;
import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /v1/login}: a browser logs in at the issuer and comes back with a code, for which this API
 * gets the ID token; the browser gets a session, and never a token.
 */
public final class LoginResource {

    private static final Logger log = LoggerFactory.getLogger(LoginResource.class);

    /** A page of the console and no other: neither another host nor what a browser takes for one, and no way up. */
    private static final Pattern PAGE =
            Pattern.compile("/console/(?!.*(?:\\.|%2[eE]){2})[A-Za-z0-9\\-._~!$&'()*+,;=:@/?%#]{0,2000}");

    private static final String CONSOLE = "/console/";
    private static final int FOUND = 302;
    private static final int MAX_CODE = 4_096;

    private final JwtIssuer issuer;
    private final Login login;
    private final IssuerEndpoints endpoints;
    private final CookieSeal seal;
    private final Sessions sessions;
    private final Clock clock;
    private final SecureRandom random;

    public LoginResource(
            Oidc oidc,
            Login login,
            JwtIssuer issuer,
            CookieSeal seal,
            Sessions sessions,
            Clock clock,
            SecureRandom random) {
        this.issuer = issuer;
        this.login = login;
        this.endpoints = new IssuerEndpoints(oidc, login);
        this.seal = seal;
        this.sessions = sessions;
        this.clock = clock;
        this.random = random;
    }

    /** Adds its routes. */
    public void mount(Routes routes) {
        routes.open(HttpMethod.GET, LoginPaths.BEGIN, this::begin);
        routes.open(HttpMethod.GET, LoginPaths.END, this::end);
    }

    private String cookie() {
        return login.secure() ? "__Secure-laneway-login" : "laneway-login";
    }

    /** Comes along when the issuer sends the browser back, which is a navigation from another site. */
    private void setCookie(Call call, String value, int seconds) {
        add(
                call,
                cookie() + "=" + value + "; Path=/v1/login; HttpOnly; SameSite=Lax; Max-Age=" + seconds
                        + (login.secure() ? "; Secure" : ""));
    }

    private static void add(Call call, String cookie) {
        call.context().response().headers().add("set-cookie", cookie);
    }

    private static Future<Reply> redirect(String to) {
        return Future.succeededFuture(Reply.text("text/plain", "").with(FOUND).with("location", to));
    }

    private Future<Reply> begin(Call call) {
        String to = call.query("to");
        if (to != null && !PAGE.matcher(to).matches()) {
            throw Call.malformed("to", to, "a page below " + CONSOLE);
        }
        LoginState state = LoginState.begin(random, to == null ? CONSOLE : to, clock.millis());
        String at = endpoints.authorization(state);
        setCookie(call, state.sealed(seal), LoginState.SECONDS);
        return redirect(at);
    }

    private Future<Reply> end(Call call) {
        Cookie cookie = call.context().request().getCookie(cookie());
        Optional<LoginState> began =
                cookie == null ? Optional.empty() : LoginState.open(seal, cookie.getValue(), clock.millis());
        String said = call.query("state");
        LoginState state = began.filter(login -> said != null && login.is(said))
                .orElseThrow(() -> new Refusal(
                        Refusal.Kind.MALFORMED,
                        "no login that this browser began lately (expected: GET /v1/login first)"));
        setCookie(call, "", 0);
        String code = call.query("code");
        if (code == null || code.length() > MAX_CODE) {
            String error = String.valueOf(call.query("error"));
            throw Denied.insufficient("the issuer refused the login: " + error.replaceAll("[^\\w.-]", "?"));
        }
        return issuer.verifyLogin(endpoints.idToken(code, state), login.client(), state.nonce())
                .compose(who -> {
                    log.atInfo()
                            .addKeyValue("subject", who.subject())
                            .addKeyValue("role", who.role().word())
                            .log("a browser logged in");
                    add(call, sessions.begin(who));
                    return redirect(state.to());
                });
    }
}
