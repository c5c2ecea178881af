package io.laneway.control.join;

import io.laneway.control.auth.Denied;
import io.laneway.control.auth.Grants;
import io.laneway.control.auth.Role;
import io.laneway.control.edit.EditCall.Author;
import io.laneway.control.http.Call;
import io.laneway.control.http.ListQuery;
import io.laneway.control.http.Routes;
import io.laneway.control.http.message.ProblemReply;
import io.laneway.control.http.message.Reply;
import io.laneway.control.http.message.ResponseWriter;
import io.laneway.control.table.Refusal;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.ServiceId;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * {@code /v1/joins}, and {@code GET /v1/services/{service}/deployments/{lane}/join}, a WebSocket by which a machine serves
 * a lane of a service for as long as it is open.
 */
public final class JoinResource {

    private static final int BAD_GATEWAY = 502;
    private static final int MAX_JOINER = 100;
    private static final int MAX_PORT = 65_535;

    private final Joins joins;
    private final Grants grants;

    public JoinResource(Joins joins, Grants grants) {
        this.joins = joins;
        this.grants = grants;
    }

    /** Adds its routes. */
    public void mount(Routes routes) {
        routes.add(HttpMethod.GET, "/v1/joins", Role.VIEWER, this::list);
        routes.add(HttpMethod.DELETE, "/v1/joins/{id}", Role.JOINER, this::delete);
        // A newer joiner, or a newer gateway, may say more.
        routes.upgrade(
                "/v1/services/{service}/deployments/{lane}/join{?joiner,port,protocol,replace,strict,any*}",
                Set.of(Role.JOINER),
                this::join);
        routes.upgrade("/v1/joins/{id}/connection{?any*}", Set.of(Role.GATEWAY), this::connection);
        routes.openUpgrade("/v1/joins/{id}/connections/{key}{?any*}", this::came);
    }

    private Future<Reply> list(Call call) {
        JsonArray all = new JsonArray();
        joins.shown().forEach(all::add);
        return Future.succeededFuture(Reply.json(new JsonObject().put("joins", all)));
    }

    private Future<Reply> delete(Call call) {
        String id = call.path("id");
        JoinSession session = joins.session(id);
        if (session == null) {
            throw joins.elsewhere(id)
                    .map(at -> Refusal.conflict(
                            "join " + id + " is held by the replica at " + at + " (expected: a call to that one)"))
                    .orElseGet(() -> Refusal.absent("join " + id));
        }
        Join.Target target = session.join().target();
        if (!call.principal().mayJoin(target.lane(), target.service().name())) {
            throw Denied.insufficient(session.join().subject() + " (expected: what matches "
                    + call.principal().lanes() + ")");
        }
        joins.end(session, "ended by " + call.principal().subject());
        return Future.succeededFuture(Reply.text("text/plain", "").with(204));
    }

    private void join(Call call) {
        String joiner = ListQuery.text(call, "joiner", MAX_JOINER);
        Join.Wish wish = new Join.Wish(
                joiner,
                (int) call.number("port", 80, 1, MAX_PORT),
                protocol(call),
                call.flag("replace"),
                call.flag("strict"));
        if (!call.context().request().canUpgradeToWebSocket()) {
            throw new Refusal(Refusal.Kind.MALFORMED, "no WebSocket (expected: GET with Upgrade: websocket)");
        }
        Author by = call.author();
        ServiceId service = ServiceId.parse(call.path("service"));
        String lane = call.path("lane");
        Context context = call.context().vertx().getOrCreateContext();
        blocking(call, () -> JoinCheck.of(joins.caughtUp(), call.principal(), service, lane, wish))
                .onFailure(error -> fail(call, error))
                .onSuccess(target -> call.context()
                        .request()
                        .toWebSocket()
                        .onSuccess(socket -> blocking(
                                        call, () -> joins.begin(target, wish, call.principal(), by, socket, context))
                                .onSuccess(session -> held(call, session))
                                .onFailure(error -> socket.close((short) 1011, "not published"))));
    }

    /** A token that is revoked ends its join. */
    private void held(Call call, JoinSession session) {
        Runnable gone = grants.begin(call.principal(), () -> session.end("its token may no longer join"));
        session.whenOver(gone);
    }

    private static Protocol protocol(Call call) {
        String word = call.query("protocol");
        Protocol protocol = word == null
                ? Protocol.AUTO
                : List.of(Protocol.AUTO, Protocol.HTTP1, Protocol.H2C).stream()
                        .filter(one -> one.word().equals(word))
                        .findFirst()
                        .orElse(null);
        if (protocol == null) {
            throw Call.malformed(
                    "protocol",
                    String.valueOf(word),
                    "auto, http1 or h2c: joiners serve in the clear on their machine");
        }
        return protocol;
    }

    /** A gateway wants a connection to a machine that joined. */
    private void connection(Call call) {
        HttpServerRequest request = call.context().request();
        String id = call.path("id");
        JoinSession session = joins.session(id);
        if (session != null) {
            Context context = call.context().vertx().getOrCreateContext();
            // on the event loop of the gateway's connection: what comes before its handlers are set would be lost
            session.ask().onComplete(done -> context.runOnContext(go -> asked(call, session, done)));
            return;
        }
        elsewhere(call, id)
                .compose(at -> joins.forward().connection(at, request.uri(), request.getHeader("authorization")))
                .onFailure(error -> fail(call, error))
                .onSuccess(machine -> {
                    machine.pause();
                    request.toNetSocket().onFailure(error -> machine.close()).onSuccess(gateway -> {
                        gateway.pipeTo(machine);
                        machine.pipeTo(gateway);
                    });
                });
    }

    private static void asked(Call call, JoinSession session, AsyncResult<ServerWebSocket> done) {
        if (done.failed()) {
            fail(call, done.cause());
            return;
        }
        ServerWebSocket machine = done.result();
        if (call.context().response().closed()) {
            machine.close();
            return;
        }
        call.context()
                .request()
                .toNetSocket()
                .onFailure(error -> machine.close())
                .onSuccess(gateway -> hand(session, gateway, machine));
    }

    /** The connection that a joiner was asked for. */
    private void came(Call call) {
        HttpServerRequest request = call.context().request();
        request.pause();
        String id = call.path("id");
        String key = call.path("key");
        JoinSession session = joins.session(id);
        if (session != null) {
            if (!session.asked(key)) {
                throw Refusal.absent("the connection that join " + id + " was asked for by this key");
            }
            request.toWebSocket().onSuccess(machine -> {
                machine.pause();
                if (!session.came(key, machine)) {
                    machine.resume();
                    machine.close();
                }
            });
            return;
        }
        elsewhere(call, id)
                .compose(at -> joins.forward().webSocket(at, request.uri()))
                .onFailure(error -> fail(call, error))
                .onSuccess(replica -> {
                    replica.pause();
                    request.toWebSocket().onFailure(error -> replica.close()).onSuccess(machine -> {
                        machine.pipeTo(replica);
                        replica.pipeTo(machine);
                    });
                });
    }

    private Future<String> elsewhere(Call call, String id) {
        boolean handedOn = call.context().request().getHeader(JoinForward.HOP) != null;
        return blocking(
                call,
                () -> joins.elsewhere(id).filter(at -> !handedOn).orElseThrow(() -> Refusal.absent("join " + id)));
    }

    /** Hands on until one of them ends. */
    private static void hand(JoinSession session, NetSocket gateway, ServerWebSocket machine) {
        Runnable gone = session.begin(() -> {
            gateway.end();
            machine.close();
        });
        gateway.pipeTo(machine).onComplete(done -> gateway.end());
        machine.pipeTo(gateway).onComplete(done -> {
            gone.run();
            machine.close();
        });
    }

    private static <T> Future<T> blocking(Call call, Callable<T> task) {
        return call.context().vertx().executeBlocking(task, false);
    }

    private static void fail(Call call, Throwable error) {
        call.context().request().resume();
        if (error instanceof NotReached) {
            ResponseWriter.send(
                    call.context(), ProblemReply.of(BAD_GATEWAY, String.valueOf(error.getMessage()), List.of()));
        } else {
            ResponseWriter.fail(call.context(), error);
        }
    }
}
