package io.laneway.control.rest.operations;

import io.laneway.control.auth.Role;
import io.laneway.control.edit.Editor;
import io.laneway.control.http.Routes;
import io.laneway.control.http.message.ProblemReply;
import io.laneway.control.http.message.Reply;
import io.laneway.control.sources.Publishing;
import io.laneway.control.store.ControlStore;
import io.laneway.control.store.database.StoreException;
import io.laneway.control.table.TableState;
import io.laneway.control.watch.WatchHub;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** {@code /livez}, {@code /readyz}, {@code /metrics} and {@code /openapi.yaml}. */
public final class ProbesResource {

    private final Editor editor;
    private final ControlStore store;
    private final WriteProbe probe;
    private final PrometheusMeterRegistry registry;
    private final Publishing publishing;

    public ProbesResource(Editor editor, ControlStore store, PrometheusMeterRegistry registry, Publishing publishing) {
        this.publishing = publishing;
        this.editor = editor;
        this.store = store;
        this.probe = new WriteProbe(store::probe, System::nanoTime);
        this.registry = registry;
    }

    /** Adds its routes. */
    public void mount(Routes routes) {
        routes.open(HttpMethod.GET, "/livez", call -> Future.succeededFuture(Reply.text("text/plain", "ok\n")));
        routes.open(HttpMethod.GET, "/readyz", call -> ready());
        routes.open(HttpMethod.GET, "/openapi.yaml", call -> Future.succeededFuture(openApi()));
        routes.add(
                HttpMethod.GET,
                "/metrics",
                Role.VIEWER,
                call -> Future.succeededFuture(
                        Reply.text("text/plain; version=0.0.4; charset=utf-8", registry.scrape())));
    }

    /** The gauges that read the table and its watchers. */
    public static void gauges(PrometheusMeterRegistry registry, Editor editor, WatchHub hub) {
        Gauge.builder("laneway_control_revision", editor, e -> e.state().revision())
                .description("Newest published revision")
                .register(registry);
        Gauge.builder("laneway_control_watchers", hub, WatchHub::size)
                .description("Open watches")
                .register(registry);
        Gauge.builder(
                        "laneway_control_lanes",
                        editor,
                        e -> e.state().published().lanes().size())
                .description("Lanes in the published table")
                .register(registry);
        Gauge.builder(
                        "laneway_control_services",
                        editor,
                        e -> e.state().published().services().size())
                .description("Services in the published table")
                .register(registry);
    }

    private Future<Reply> ready() {
        Optional<StoreException> failure = probe.failure();
        if (failure.isPresent()) {
            return Future.succeededFuture(ProblemReply.of(failure.get()));
        }
        TableState state = editor.state();
        JsonObject ready = new JsonObject().put("store", store.identity().id()).put("revision", state.revision());
        JsonArray publishers = new JsonArray();
        publishing.all().forEach(one -> publishers.add(publisher(one)));
        return Future.succeededFuture(Reply.json(publishers.isEmpty() ? ready : ready.put("publishers", publishers)));
    }

    /** A publisher that is behind makes no replica unready: edits and watches do not wait for it. */
    private static JsonObject publisher(Publishing.Status status) {
        JsonObject json = new JsonObject().put("name", status.name()).put("active", status.active());
        if (status.active()) {
            json.put("revision", status.revision())
                    .put("lag", status.lag())
                    .put("behindSeconds", status.behindSeconds());
        }
        return status.problem() == null ? json : json.put("problem", status.problem());
    }

    private static Reply openApi() {
        try (InputStream in = ProbesResource.class.getResourceAsStream("/openapi.yaml")) {
            if (in == null) {
                throw new IllegalStateException("openapi.yaml: not on the class path");
            }
            return Reply.text("application/yaml", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
