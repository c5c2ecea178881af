package io.laneway.control.rest.operations;

import io.laneway.control.auth.Role;
import io.laneway.control.edit.Editor;
import io.laneway.control.http.Call;
import io.laneway.control.http.Routes;
import io.laneway.control.http.message.ProblemReply;
import io.laneway.control.http.message.Reply;
import io.laneway.control.sources.Publishing;
import io.laneway.control.store.ControlStore;
import io.laneway.control.store.database.StoreException;
import io.laneway.control.table.TableState;
import io.laneway.control.watch.WatchHub;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.MIMEHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;

/** {@code /livez}, {@code /readyz}, {@code /metrics} and {@code /openapi.yaml}. */
public final class ProbesResource {

    private static final ExpositionFormatWriter TEXT = PrometheusTextFormatWriter.create();
    private static final ExpositionFormatWriter OPEN_METRICS = OpenMetricsTextFormatWriter.create();

    private final Editor editor;
    private final ControlStore store;
    private final WriteProbe probe;
    private final PrometheusRegistry registry;
    private final Publishing publishing;

    public ProbesResource(Editor editor, ControlStore store, PrometheusRegistry registry, Publishing publishing) {
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
                Set.of(Role.VIEWER, Role.GATEWAY),
                call -> Future.succeededFuture(metrics(call)));
    }

    /** The gauges that read the table and its watchers. */
    public static void gauges(PrometheusRegistry registry, Editor editor, WatchHub hub) {
        gauge(
                registry,
                "laneway_control_revision",
                "Newest published revision",
                () -> editor.state().revision());
        gauge(registry, "laneway_control_watchers", "Open watches", hub::size);
        gauge(
                registry,
                "laneway_control_lanes",
                "Lanes in the published table",
                () -> editor.state().published().lanes().size());
        gauge(
                registry,
                "laneway_control_services",
                "Services in the published table",
                () -> editor.state().published().services().size());
    }

    private static void gauge(PrometheusRegistry registry, String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(gauge -> gauge.call(value.getAsDouble()))
                .register(registry);
    }

    private Reply metrics(Call call) {
        ExpositionFormatWriter form = preferred(call.context().parsedHeaders().accept());
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            form.write(text, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Reply(200, form.getContentType(), Buffer.buffer(text.toByteArray()), Map.of());
    }

    /** The form that the client likes best (RFC 9110, 12.5.1): plain text if it takes anything. */
    private static ExpositionFormatWriter preferred(List<MIMEHeader> accept) {
        for (MIMEHeader range : accept) {
            if (range.weight() > 0 && OPEN_METRICS.accepts(range.rawValue())) {
                return OPEN_METRICS;
            }
            if (range.weight() > 0
                    && (range.component().equals("text") || range.component().equals("*"))) {
                return TEXT;
            }
        }
        return TEXT;
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
