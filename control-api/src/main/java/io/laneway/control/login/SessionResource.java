package io.laneway.control.login;

import io.laneway.control.auth.Principal;
import io.laneway.control.auth.Session;
import io.laneway.control.http.Call;
import io.laneway.control.http.Routes;
import io.laneway.control.http.message.Reply;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** {@code GET /v1/session}: who calls, what they may, and whether a browser can log in. */
public final class SessionResource {

    private final boolean login;

    /** @param login whether there is an issuer at which browsers log in */
    public SessionResource(boolean login) {
        this.login = login;
    }

    /** Adds its route. */
    public void mount(Routes routes) {
        routes.identified(HttpMethod.GET, "/v1/session", this::session);
    }

    private Reply session(Call call, Optional<Principal> who, Optional<Session> session) {
        JsonObject body = new JsonObject()
                .put("authenticated", who.isPresent())
                .put("open", who.map(Principal::open).orElse(false));
        who.ifPresent(one -> body.put("subject", one.subject())
                .put("role", one.role().word())
                .put("lanes", one.lanes())
                .put(
                        "by",
                        session.isPresent()
                                ? "session"
                                : one.proof().kind().name().toLowerCase(Locale.ROOT)));
        who.filter(one -> one.proof().until() < Long.MAX_VALUE)
                .ifPresent(one -> body.put(
                        "expires", Instant.ofEpochMilli(one.proof().until()).toString()));
        session.ifPresent(one -> body.put("csrf", one.csrf()));
        return Reply.json(login ? body.put("login", "/v1/login") : body);
    }
}
