package io.laneway.control.login;

import io.laneway.control.auth.Denied;
import io.laneway.control.auth.Role;
import io.laneway.control.auth.Session;
import io.laneway.control.auth.SessionEnds;
import io.laneway.control.auth.Sessions;
import io.laneway.control.edit.EditCall.Author;
import io.laneway.control.http.Body;
import io.laneway.control.http.BrowserSession;
import io.laneway.control.http.Call;
import io.laneway.control.http.Routes;
import io.laneway.control.http.message.Reply;
import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * {@code POST /v1/logout} takes a browser its session, or the subject all of theirs; {@code DELETE /v1/sessions/{subject}}
 * is how an admin takes them.
 */
public final class LogoutResource {

    static final String PATH = "/v1/sessions/{subject}";

    private static final int NO_CONTENT = 204;

    private final Sessions sessions;
    private final SessionEnds ends;

    public LogoutResource(Sessions sessions, SessionEnds ends) {
        this.sessions = sessions;
        this.ends = ends;
    }

    /** Adds its routes. */
    public void mount(Routes routes) {
        routes.open(HttpMethod.POST, LoginPaths.LOGOUT, this::logout);
        routes.add(HttpMethod.DELETE, PATH, Role.ADMIN, this::endAll);
    }

    private Future<Reply> logout(Call call) {
        if (BrowserSession.foreign(call.context())) {
            throw Denied.insufficient("a page of another site may not log out (expected: one of the console)");
        }
        if (call.flag("everywhere")) {
            Cookie cookie = call.context().request().getCookie(sessions.cookie());
            Optional<Session> session = cookie == null ? Optional.empty() : sessions.open(cookie.getValue());
            String subject = session.orElseThrow(() -> Denied.unknown("no session (expected: one of this browser)"))
                    .principal()
                    .subject();
            Author author = call.author();
            ends.end(new Author(subject, author.origin(), author.why()), subject);
        }
        call.context().response().headers().add("set-cookie", sessions.end());
        return Future.succeededFuture(Reply.text("text/plain", "").with(NO_CONTENT));
    }

    private Future<Reply> endAll(Call call) {
        Body.of(call).nothing();
        String subject = call.path("subject");
        ends.end(call.author(), subject);
        return Future.succeededFuture(Reply.json(new JsonObject().put("ended", subject)));
    }
}
