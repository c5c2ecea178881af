package io.laneway.control.rest;

import io.laneway.control.auth.Role;
import io.laneway.control.auth.StoreAuthenticator;
import io.laneway.control.auth.Tokens;
import io.laneway.control.auth.Tokens.Made;
import io.laneway.control.http.Body;
import io.laneway.control.http.Call;
import io.laneway.control.http.Reply;
import io.laneway.control.http.Routes;
import io.laneway.control.store.ControlStore;
import io.laneway.control.store.Rows.AnswerRow;
import io.laneway.control.store.TokenRows.TokenRow;
import io.laneway.control.table.EditCall.Once;
import io.laneway.control.table.Editor;
import io.laneway.control.table.Refusal;
import io.laneway.router.document.Fields;
import io.laneway.router.document.Node;
import io.laneway.router.document.Problems;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /v1/tokens}: makes, lists and revokes bearer tokens. The secret is shown once. */
final class TokensResource {

    private static final Logger log = LoggerFactory.getLogger(TokensResource.class);

    private final Tokens tokens;
    private final StoreAuthenticator authenticator;
    private final Editor editor;
    private final ControlStore store;

    TokensResource(Backend backend) {
        this.tokens = backend.tokens();
        this.authenticator = backend.authenticator();
        this.editor = backend.editor();
        this.store = backend.store();
    }

    void mount(Routes routes) {
        routes.add(HttpMethod.GET, "/v1/tokens", Role.ADMIN, this::list);
        routes.add(HttpMethod.POST, "/v1/tokens", Role.ADMIN, this::make);
        routes.add(HttpMethod.DELETE, "/v1/tokens/{id}", Role.ADMIN, this::revoke);
    }

    private record Wanted(
            String subject,
            Role role,
            String lanes,
            @Nullable Duration ttl) {
        static @Nullable Wanted read(Node node, Problems problems) {
            Fields fields = Fields.of(node, problems);
            String subject = fields.text("subject");
            Role role = fields.word("role", Role.values(), Role::word);
            String lanes = fields.text("lanes", "");
            Duration ttl = fields.optionalDuration("ttl");
            return fields.build(() -> new Wanted(subject, role, lanes, ttl));
        }
    }

    private Future<Reply> list(Call call) {
        JsonArray all = new JsonArray();
        tokens.all().forEach(token -> all.add(json(token)));
        return Future.succeededFuture(Reply.json(new JsonObject().put("tokens", all)));
    }

    private Future<Reply> make(Call call) {
        Wanted wanted = Body.of(call).read(Wanted::read);
        Once once = call.once();
        String who = call.author().who();
        if (editor.answered(call.author(), once).isPresent()) {
            throw Refusal.conflict("a token was made by this Idempotency-Key before; its secret is shown once"
                    + " (expected: another key, and the lost token revoked)");
        }
        if (call.flag("dryRun")) {
            return Future.succeededFuture(Reply.json(new JsonObject()
                    .put("dryRun", true)
                    .put("subject", wanted.subject())
                    .put("role", wanted.role().word())
                    .put("lanes", wanted.lanes())));
        }
        Made made = tokens.make(wanted.subject(), wanted.role(), wanted.lanes(), wanted.ttl());
        if (once != null) {
            store.answered(
                    new AnswerRow(who, once.call(), once.request(), made.token().created(), 0));
        }
        authenticator.tokenMade();
        audit(call, "token made", made.token());
        return Future.succeededFuture(Reply.json(201, json(made.token()).put("token", made.secret())));
    }

    /** Tokens stand in no revision, so what is done with them stands in the log. */
    private static void audit(Call call, String what, TokenRow token) {
        log.atInfo()
                .addKeyValue("who", call.author().who())
                .addKeyValue("from", call.author().origin())
                .addKeyValue("why", call.author().why())
                .addKeyValue("id", token.id())
                .addKeyValue("subject", token.subject())
                .addKeyValue("role", token.role())
                .log(what);
    }

    private Future<Reply> revoke(Call call) {
        String id = call.path("id");
        TokenRow token = tokens.all().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Refusal.absent("token " + id));
        if (call.flag("dryRun")) {
            return Future.succeededFuture(Reply.json(json(token).put("dryRun", true)));
        }
        if (!tokens.revoke(id)) {
            throw Refusal.absent("token " + id);
        }
        audit(call, "token revoked", token);
        return Future.succeededFuture(Reply.json(new JsonObject().put("revoked", id)));
    }

    private static JsonObject json(TokenRow token) {
        JsonObject json = new JsonObject()
                .put("id", token.id())
                .put("subject", token.subject())
                .put("role", token.role())
                .put("lanes", token.lanes())
                .put("created", Instant.ofEpochMilli(token.created()).toString());
        return token.expires() == 0
                ? json
                : json.put("expires", Instant.ofEpochMilli(token.expires()).toString());
    }
}
