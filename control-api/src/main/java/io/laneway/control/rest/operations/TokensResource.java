package io.laneway.control.rest.operations;

import io.laneway.control.auth.Grants;
import io.laneway.control.auth.Role;
import io.laneway.control.auth.StoreAuthenticator;
import io.laneway.control.auth.Tokens;
import io.laneway.control.auth.Tokens.Made;
import io.laneway.control.edit.EditCall.Once;
import io.laneway.control.edit.Editor;
import io.laneway.control.http.Body;
import io.laneway.control.http.Call;
import io.laneway.control.http.HistoryQuery;
import io.laneway.control.http.ListPage;
import io.laneway.control.http.ListQuery;
import io.laneway.control.http.Routes;
import io.laneway.control.http.message.Compact;
import io.laneway.control.http.message.Reply;
import io.laneway.control.store.ControlStore;
import io.laneway.control.store.Rows.AuditRow;
import io.laneway.control.store.Rows.ResponseRow;
import io.laneway.control.store.TokenRows.TokenRow;
import io.laneway.control.table.Refusal;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /v1/tokens} and {@code /v1/audit}: bearer tokens, whose secret is shown once, and who did what with them. */
public final class TokensResource {

    private static final Logger log = LoggerFactory.getLogger(TokensResource.class);

    private static final int LIMIT = 50;
    private static final int MAX_LIMIT = 1_000;

    private final Tokens tokens;
    private final StoreAuthenticator authenticator;
    private final Grants grants;
    private final Editor editor;
    private final ControlStore store;

    public TokensResource(
            Tokens tokens, StoreAuthenticator authenticator, Grants grants, Editor editor, ControlStore store) {
        this.tokens = tokens;
        this.authenticator = authenticator;
        this.grants = grants;
        this.editor = editor;
        this.store = store;
    }

    /** Adds its routes. */
    public void mount(Routes routes) {
        routes.add(HttpMethod.GET, "/v1/tokens{?" + ListQuery.NAMES + ",role}", Role.ADMIN, this::list);
        routes.add(HttpMethod.POST, "/v1/tokens", Role.ADMIN, this::make);
        routes.add(HttpMethod.GET, "/v1/tokens/{id}", Role.ADMIN, this::get);
        routes.add(HttpMethod.DELETE, "/v1/tokens/{id}", Role.ADMIN, this::revoke);
        routes.add(
                HttpMethod.GET,
                "/v1/audit{?" + ListQuery.NAMES + "," + HistoryQuery.AUDIT + "}",
                Role.ADMIN,
                this::audit);
    }

    private record Wanted(
            String subject,
            Role role,
            String lanes,
            String gateways,
            @Nullable Duration ttl) {
        static @Nullable Wanted read(Node node, Problems problems) {
            Fields fields = Fields.of(node, problems);
            String subject = fields.text("subject");
            Role role = fields.word("role", Role.values(), Role::word);
            String lanes = fields.text("lanes", "");
            String gateways = fields.text("gateways", "");
            if (role == Role.GATEWAY && gateways.isEmpty()) {
                fields.problem("gateways", "missing", "a gateway id or a pattern such as edge-*, with role gateway");
            } else if (role != Role.GATEWAY && !gateways.isEmpty()) {
                fields.problem("gateways", gateways, "role gateway with it");
            }
            if (role == Role.GATEWAY && !lanes.isEmpty()) {
                fields.problem("lanes", lanes, "none with role gateway, which changes nothing");
            }
            Duration ttl = fields.optionalDuration("ttl");
            if (ttl != null && ttl.isZero()) {
                fields.problem("ttl", "0s", "above 0, or nothing for one that does not expire");
            }
            return fields.build(() -> new Wanted(subject, role, lanes, gateways, ttl));
        }

        String pattern() {
            return role == Role.GATEWAY ? gateways : lanes;
        }

        /** Whether it is for an admin who can make others, for as long as there is no other. */
        boolean opens() {
            return role == Role.ADMIN && lanes.isEmpty() && ttl == null;
        }
    }

    private Future<Reply> list(Call call) {
        ListQuery query = ListQuery.of(call, 0);
        Role role = ListQuery.word(call, "role", Role.values(), Role::word);
        List<TokenRow> matching = tokens.all().stream()
                .filter(token -> query.finds(token.id(), token.subject(), token.pattern())
                        && (role == null || role.word().equals(token.role())))
                .toList();
        ListPage<TokenRow> page = ListPage.of(query, matching, token -> token.subject() + " " + token.id());
        JsonArray all = new JsonArray();
        page.items().forEach(token -> all.add(json(token)));
        return Compact.list(call.context().request(), page.addTo(new JsonObject().put("tokens", all)));
    }

    private Future<Reply> make(Call call) {
        Wanted wanted = Body.of(call).read(Wanted::read);
        Once once = call.once();
        String who = call.author().who();
        if (editor.earlier(call.author(), once).isPresent()) {
            throw Refusal.conflict("a token was made by this Idempotency-Key before; its secret is shown once"
                    + " (expected: another key, and the lost token revoked)");
        }
        if (authenticator.open() && !wanted.opens()) {
            throw Refusal.conflict("with the first token all other clients are refused"
                    + " (expected: role admin, all lanes and no ttl, so that it can make the next)");
        }
        if (call.flag("dryRun")) {
            return Future.succeededFuture(Reply.json(new JsonObject()
                    .put("dryRun", true)
                    .put("subject", wanted.subject())
                    .put("role", wanted.role().word())
                    .put(wanted.role() == Role.GATEWAY ? "gateways" : "lanes", wanted.pattern())));
        }
        Made made = tokens.make(call.author(), wanted.subject(), wanted.role(), wanted.pattern(), wanted.ttl());
        if (once != null) {
            store.responded(new ResponseRow(
                    who, once.call(), once.request(), made.token().created(), 0, 409, "", ""));
        }
        authenticator.tokenMade();
        grants.look();
        log(call, "token made", made.token());
        JsonObject body = json(made.token()).put("token", made.secret()).put("revision", edited());
        return Future.succeededFuture(Reply.json(201, body)
                .with("location", "/v1/tokens/" + made.token().id())
                .with("etag", tag(made.token())));
    }

    private long edited() {
        return editor.state().edited();
    }

    /** A token never changes, so the time when it was made is its version. */
    private static String tag(TokenRow token) {
        return "\"" + Long.toHexString(token.created()) + "\"";
    }

    private Future<Reply> get(Call call) {
        TokenRow token = named(call);
        return Future.succeededFuture(Reply.json(json(token)).with("etag", tag(token)));
    }

    private TokenRow named(Call call) {
        String id = call.path("id");
        return tokens.all().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Refusal.absent("token " + id));
    }

    /** Tokens are in no revision, so who did what with them has a history of its own. */
    private Future<Reply> audit(Call call) {
        int limit = (int) call.number("limit", LIMIT, 1, MAX_LIMIT);
        List<AuditRow> found = tokens.audit(HistoryQuery.before(call), limit + 1, HistoryQuery.filter(call));
        JsonArray rows = new JsonArray();
        found.stream()
                .limit(limit)
                .forEach(row -> rows.add(new JsonObject()
                        .put("number", row.number())
                        .put("at", Instant.ofEpochMilli(row.at()).toString())
                        .put("who", row.who())
                        .put("from", row.origin())
                        .put("why", row.why())
                        .put("action", row.action())
                        .put("subject", row.subject())
                        .put("detail", row.detail())));
        JsonObject body = new JsonObject().put("audit", rows);
        if (found.size() > limit) {
            body.put("next", Long.toString(found.get(limit - 1).number()));
        }
        return Future.succeededFuture(Reply.json(body));
    }

    private static void log(Call call, String what, TokenRow token) {
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
        Body.of(call).nothing();
        TokenRow token = named(call);
        if (call.ifMatch() != null) {
            call.ifMatch().check("token " + token.id(), tag(token));
        }
        if (call.flag("dryRun")) {
            return Future.succeededFuture(Reply.json(json(token).put("dryRun", true)));
        }
        if (!tokens.revoke(call.author(), token)) {
            throw Refusal.absent("token " + token.id());
        }
        grants.look();
        log(call, "token revoked", token);
        return Future.succeededFuture(
                Reply.json(new JsonObject().put("revoked", token.id()).put("revision", edited())));
    }

    private static JsonObject json(TokenRow token) {
        JsonObject json = new JsonObject()
                .put("id", token.id())
                .put("subject", token.subject())
                .put("role", token.role())
                .put(token.role().equals(Role.GATEWAY.word()) ? "gateways" : "lanes", token.pattern())
                .put("created", Instant.ofEpochMilli(token.created()).toString());
        return token.expires() == 0
                ? json
                : json.put("expires", Instant.ofEpochMilli(token.expires()).toString());
    }
}
