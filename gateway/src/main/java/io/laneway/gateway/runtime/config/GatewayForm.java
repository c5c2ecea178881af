package io.laneway.gateway.runtime.config;

import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Scalar;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The document form of a {@link GatewayConfig}. Confined to one thread. */
final class GatewayForm {

    private static final int MAX_THREADS = 1024;

    private final Path directory;
    private final Map<String, String> environment;

    GatewayForm(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    @Nullable
    GatewayConfig read(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String id = fields.optionalText("id");
        if (!fields.has("listeners")) {
            fields.problem("listeners", "missing", "a list of listeners");
        }
        List<ListenerConfig> listeners = fields.list("listeners", new ListenerForm(directory)::read);
        AdminConfig admin = fields.object("admin", GatewayForm::admin, AdminConfig.DEFAULT);
        TableConfig table = fields.object("table", new TableForm(directory)::read);
        String data = fields.optionalText("data");
        int threads = fields.object("threads", GatewayForm::threads, 0);
        Transport transport = fields.word("transport", Transport.values(), ConfigForms::word, Transport.AUTO);
        AccessLogConfig accessLog = accessLog(fields);
        TimeoutsConfig timeouts = fields.object("timeouts", LimitForms::timeouts, TimeoutsConfig.DEFAULT);
        LimitsConfig limits = fields.object("limits", LimitForms::limits, LimitsConfig.DEFAULT);
        HeadersConfig headers = fields.object("headers", LimitForms::headers, HeadersConfig.DEFAULT);
        OverloadConfig overload = fields.object("overload", LimitForms::overload, OverloadConfig.DEFAULT);
        DrainConfig drain = fields.object("drain", new DrainForm(directory)::read, DrainConfig.DEFAULT);
        RequestsConfig requests = fields.object("requests", LimitForms::requests, RequestsConfig.DEFAULT);
        TracingForm spans = new TracingForm(directory, environment);
        TracingConfig tracing = fields.optionalObject("tracing", spans::read);
        RatesConfig rates = fields.optionalObject("rates", new RatesForm(directory)::read);
        RecordingsConfig recordings = fields.optionalObject("recordings", new RecordingsForm(directory)::read);
        // empty where a variable is that they are taken from
        String zone = fields.text("zone", "");
        String stickySecret = fields.text("stickySecret", "");
        ErrorPagesConfig errorPages =
                fields.object("errorPages", new ErrorPagesForm(directory)::read, ErrorPagesConfig.NONE);
        Path filters = fields.optionalObject("filters", (jars, found) -> FilterForm.path(directory, jars, found));
        if (table == null || listeners.isEmpty()) {
            if (fields.has("listeners") && listeners.isEmpty()) {
                fields.problem("listeners", "no usable listener", "at least one");
            }
            fields.end();
            return null;
        }
        return fields.build(() -> new GatewayConfig(
                id == null ? defaultId(listeners) : id,
                listeners,
                admin,
                table,
                data == null ? null : directory.resolve(data).normalize(),
                threads,
                transport,
                accessLog,
                timeouts,
                limits,
                headers,
                overload,
                drain,
                requests,
                spans.off() ? null : tracing,
                new BalancingConfig(zone, stickySecret),
                errorPages,
                filters,
                rates,
                recordings));
    }

    private AccessLogConfig accessLog(Fields fields) {
        return fields.isOff("accessLog")
                ? AccessLogConfig.OFF
                : fields.object("accessLog", new AccessLogForm(directory)::read, AccessLogConfig.DEFAULT);
    }

    /** Unique enough without configuration: the machine and the first port. */
    private String defaultId(List<ListenerConfig> listeners) {
        String host = environment.getOrDefault("HOSTNAME", "gateway");
        return host + "-" + listeners.get(0).address().port();
    }

    private static @Nullable AdminConfig admin(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        Address address = fields.object("address", ConfigForms::address, AdminConfig.DEFAULT.address());
        Address probes = fields.optionalObject("probes", ConfigForms::address);
        List<String> hosts = fields.texts("hosts");
        MetricsConfig metrics = fields.object("metrics", LimitForms::metrics, MetricsConfig.DEFAULT);
        return fields.build(() -> new AdminConfig(address, probes, hosts, metrics));
    }

    private static @Nullable Integer threads(Node node, Problems problems) {
        if (node instanceof Scalar scalar) {
            if (scalar.text().equals("auto")) {
                return 0;
            }
            if (scalar.kind() == Scalar.Kind.INTEGER && scalar.text().matches("[1-9]\\d{0,3}")) {
                int threads = Integer.parseInt(scalar.text());
                if (threads <= MAX_THREADS) {
                    return threads;
                }
            }
        }
        problems.add(node, node.described(), "auto or 1 to " + MAX_THREADS);
        return null;
    }
}
