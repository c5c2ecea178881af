package io.laneway.control;

import io.laneway.control.auth.AuthConfig.Login;
import io.laneway.control.auth.AuthConfig.Oidc;
import io.laneway.control.auth.CookieSeal;
import io.laneway.control.auth.JwtIssuer;
import io.laneway.control.auth.SessionEnds;
import io.laneway.control.auth.Sessions;
import io.laneway.control.http.Routes;
import io.laneway.control.login.LoginResource;
import io.laneway.control.login.LogoutResource;
import io.laneway.control.login.NoLoginResource;
import io.laneway.control.login.SessionResource;
import io.laneway.control.store.ControlStore;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How browsers log in. Immutable.
 *
 * @param sessions null where they cannot
 */
record Logins(@Nullable Sessions sessions, List<Consumer<Routes>> resources) {

    private static final int SECRET_BYTES = 32;

    Logins {
        resources = List.copyOf(resources);
    }

    static Logins of(ControlConfig config, ControlStore store, @Nullable JwtIssuer issuer, SecureRandom random) {
        Oidc oidc = config.auth().oidc();
        Login login = oidc == null ? null : oidc.login();
        SessionResource session = new SessionResource(login != null);
        if (oidc == null || login == null || issuer == null) {
            return new Logins(null, List.of(session::mount, new NoLoginResource()::mount));
        }
        byte[] fresh = new byte[SECRET_BYTES];
        random.nextBytes(fresh);
        CookieSeal seal = new CookieSeal(store.secret("session", HexFormat.of().formatHex(fresh)), random);
        SessionEnds ends = new SessionEnds(store.sessions(), config.clock());
        Sessions sessions = new Sessions(seal, config.clock(), random, login.secure(), ends);
        LoginResource resource = new LoginResource(oidc, login, issuer, seal, sessions, config.clock(), random);
        LogoutResource logout = new LogoutResource(sessions, ends);
        return new Logins(sessions, List.of(session::mount, resource::mount, logout::mount));
    }
}
