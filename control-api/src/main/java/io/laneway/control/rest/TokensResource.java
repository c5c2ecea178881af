package io.laneway.control.rest;

import io.laneway.control.auth.Role;
import io.laneway.control.auth.StoreAuthenticator;
import io.laneway.control.auth.Tokens;
import io.laneway.control.auth.Tokens.Made;
import io.laneway.control.store.TokenRows.TokenRow;
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

/** {@code /v1/tokens}: makes, lists and revokes bearer tokens. The secret is shown once. */
final class TokensResource {

    private final Tokens tokens;
    private final StoreAuthenticator authenticator;

    TokensResource(Tokens tokens, StoreAuthenticator authenticator) {
        this.tokens = tokens;
        this.authenticator = authenticator;
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
        Made made = tokens.make(wanted.subject(), wanted.role(), wanted.lanes(), wanted.ttl());
        authenticator.tokenMade();
        return Future.succeededFuture(Reply.json(201, json(made.token()).put("token", made.secret())));
    }

    private Future<Reply> revoke(Call call) {
        if (!tokens.revoke(call.path("id"))) {
            throw Refusal.absent("token " + call.path("id"));
        }
        return Future.succeededFuture(Reply.json(new JsonObject().put("revoked", call.path("id"))));
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
