package io.laneway.control.flag;

import io.laneway.control.auth.Role;
import io.laneway.control.edit.Editor;
import io.laneway.control.http.Call;
import io.laneway.control.http.Routes;
import io.laneway.control.http.message.Reply;
import io.laneway.router.text.Sha256;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * {@code POST /ofrep/v1/evaluate/flags} and {@code …/{key}}: OpenFeature's Remote Evaluation Protocol. The targeting key is
 * the tenant. Stateless.
 */
public final class FlagsResource {

    private static final String PATH = "/ofrep/v1/evaluate/flags";
    private static final int MAX_TENANT = 1_000;
    private static final int TAG_BYTES = 12;

    private final Flags flags;

    public FlagsResource(Editor editor) {
        this.flags = new Flags(editor);
    }

    /** Adds its routes. */
    public void mount(Routes routes) {
        routes.add(HttpMethod.POST, PATH, Role.FLAGS, this::all);
        routes.add(HttpMethod.POST, PATH + "/{key}", Role.FLAGS, this::one);
    }

    /** A context that cannot be used. */
    private static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        private final String code;

        Wrong(String code, String details) {
            super(details);
            this.code = code;
        }

        JsonObject failure() {
            return new JsonObject().put("errorCode", code).put("errorDetails", getMessage());
        }
    }

    private Future<Reply> one(Call call) {
        String key = call.path("key");
        Flag flag = flags.find(key);
        if (flag == null) {
            return done(Reply.json(
                    404,
                    new JsonObject()
                            .put("key", key)
                            .put("errorCode", "FLAG_NOT_FOUND")
                            .put("errorDetails", "expected: a shift, or a shift, a point and an environment of it")));
        }
        try {
            return done(Reply.json(flag.of(tenant(call), flags.base())));
        } catch (Wrong e) {
            return done(Reply.json(400, e.failure().put("key", key)));
        }
    }

    private Future<Reply> all(Call call) {
        JsonArray evaluations = new JsonArray();
        try {
            String tenant = tenant(call);
            String base = flags.base();
            flags.all().forEach(flag -> evaluations.add(flag.of(tenant, base)));
        } catch (Wrong e) {
            return done(Reply.json(400, e.failure()));
        }
        Reply reply = Reply.json(new JsonObject().put("flags", evaluations));
        String tag = tag(reply.body());
        String known = call.context().request().getHeader("if-none-match");
        boolean same = known != null
                && Arrays.stream(known.split(",", -1))
                        .map(String::strip)
                        .anyMatch(one -> one.equals(tag) || one.equals("W/" + tag) || one.equals("*"));
        return done((same ? Reply.text(Reply.JSON, "").with(304) : reply).with("etag", tag));
    }

    private static Future<Reply> done(Reply reply) {
        return Future.succeededFuture(reply);
    }

    private static String tag(Buffer body) {
        byte[] hash = Sha256.digest().digest(body.getBytes());
        return '"' + HexFormat.of().formatHex(hash, 0, TAG_BYTES) + '"';
    }

    /** The targeting key as carriers of tenants are read: trimmed, its case kept; empty if there is none. */
    private static String tenant(Call call) throws Wrong {
        JsonObject body;
        try {
            body = call.body().length() == 0 ? new JsonObject() : new JsonObject(call.body());
        } catch (DecodeException | ClassCastException e) {
            throw new Wrong("PARSE_ERROR", "the body is no JSON object");
        }
        Object context = body.getValue("context");
        if (context != null && !(context instanceof JsonObject)) {
            throw new Wrong("INVALID_CONTEXT", "context: expected an object");
        }
        Object key = context instanceof JsonObject object ? object.getValue("targetingKey") : null;
        if (key == null) {
            return "";
        }
        if (!(key instanceof String text) || text.length() > MAX_TENANT) {
            throw new Wrong(
                    "INVALID_CONTEXT",
                    "context.targetingKey: expected text of at most " + MAX_TENANT
                            + " characters, which is the tenant");
        }
        return text.strip();
    }
}
