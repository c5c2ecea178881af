package io.laneway.control.login;

import io.laneway.control.http.Routes;
import io.laneway.control.table.Refusal;
import io.vertx.core.http.HttpMethod;

/** The routes of logins where browsers have no issuer to log in at: they say so. */
public final class NoLoginResource {

    /** Adds its routes. */
    public void mount(Routes routes) {
        Routes.Responder absent = call -> {
            throw Refusal.absent("a login of browsers (expected: laneway control --oidc-client)");
        };
        routes.open(HttpMethod.GET, LoginPaths.BEGIN, absent);
        routes.open(HttpMethod.GET, LoginPaths.END, absent);
        routes.open(HttpMethod.POST, LoginPaths.LOGOUT, absent);
        routes.open(HttpMethod.DELETE, LogoutResource.PATH, absent);
    }
}
