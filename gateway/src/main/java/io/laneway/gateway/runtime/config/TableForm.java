package io.laneway.gateway.runtime.config;

import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.fields.Values;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Scalar;
import io.laneway.router.document.tree.Sequence;
import io.laneway.router.model.service.UpstreamTls;
import io.laneway.router.unit.Durations;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The document form of a {@link TableConfig}: one of four keys selects the source. Confined to one thread. */
final class TableForm {

    /** Stands for the whole table, known by its identity. */
    private static final List<String> ALL = List.of("*");

    private final Path directory;

    TableForm(Path directory) {
        this.directory = directory;
    }

    @SuppressWarnings("ReferenceEquality") // a list of that text is another
    @Nullable
    TableConfig read(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String kind = fields.oneOf("control", "file", "kafka", "kubernetes");
        URI control = fields.optionalObject("control", TableForm::uri);
        String token = fields.text("token", "");
        Duration reports = fields.optional("reports", (each, p) -> Values.parsed(each, Durations::parse, p));
        List<String> services = fields.optional("services", TableForm::services);
        UpstreamTls tls = fields.optionalObject("tls", this::tls);
        String file = fields.optionalText("file");
        TableConfig kafka = fields.optionalObject("kafka", this::kafka);
        TableConfig kubernetes = fields.optionalObject("kubernetes", this::kubernetes);
        for (String key : List.of("token", "reports", "services", "tls")) {
            boolean said = key.equals("token") ? !token.isEmpty() : fields.has(key);
            if (said && kind != null && !kind.equals("control")) {
                fields.problem(key, "set without control", "control: http://host:port beside it");
            }
        }
        if (tls != null && control != null && "http".equals(control.getScheme())) {
            fields.problem("tls", "set with " + control, "control: https://host:port");
            fields.end();
            return null;
        }
        TableConfig other = kafka != null ? kafka : kubernetes;
        boolean read = control != null || file != null || other != null;
        if (kind == null || !read) {
            fields.end();
            return null;
        }
        return fields.build(() -> {
            if (control != null) {
                return new TableConfig.Control(
                        control,
                        token.isEmpty() ? null : token,
                        reports == null ? TableConfig.Control.REPORTS : reports,
                        services == null || services == ALL ? null : services,
                        tls);
            }
            return file != null ? new TableConfig.File(directory.resolve(file)) : other;
        });
    }

    private @Nullable UpstreamTls tls(Node node, Problems problems) {
        Fields fields = Fields.withValues(node, problems);
        String ca = file(fields.optionalText("ca"));
        String certificate = file(fields.optionalText("certificate"));
        String privateKey = file(fields.optionalText("privateKey"));
        return fields.build(() -> new UpstreamTls(ca, null, certificate, privateKey, true));
    }

    private @Nullable String file(@Nullable String name) {
        return name == null ? null : directory.resolve(name).toString();
    }

    /** Services to follow, of which {@code auto} names none. */
    private static @Nullable List<String> services(Node node, Problems problems) {
        if (node instanceof Scalar scalar) {
            if (scalar.text().equals("all")) {
                return ALL;
            }
            if (scalar.text().equals("auto")) {
                return List.of();
            }
        } else if (node instanceof Sequence) {
            return Values.list(node, Values::text, problems);
        }
        problems.add(node, node.described(), "all, auto or a list of services");
        return null;
    }

    static @Nullable URI uri(Node node, Problems problems) {
        String text = node instanceof Scalar scalar ? scalar.text() : "";
        try {
            URI uri = new URI(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // reported below, with the names of the document
        }
        problems.add(node, node.described(), "http://host:port or https://host:port");
        return null;
    }

    private @Nullable TableConfig kafka(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String servers = fields.text("servers");
        String topic = fields.filled("topic", TableConfig.Kafka.DEFAULT_TOPIC);
        Map<String, String> properties = fields.textMap("properties");
        return fields.build(() -> new TableConfig.Kafka(servers, topic, SettingPaths.kafka(directory, properties)));
    }

    private @Nullable TableConfig kubernetes(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        List<String> namespaces = fields.texts("namespaces");
        Map<String, String> settings = SettingPaths.kubernetes(directory, fields.textMap("settings"));
        settings.putAll(fields.object("hosts", TableForm::hosts, Map.of()));
        return fields.build(() -> new TableConfig.Kubernetes(namespaces, settings));
    }

    private static Map<String, String> hosts(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        Map<String, String> settings = new LinkedHashMap<>();
        fields.map("allow", (hosts, p) -> Values.list(hosts, Values::text, p))
                .forEach((namespace, hosts) -> settings.put("hosts.allow." + namespace, String.join(",", hosts)));
        fields.end();
        return settings;
    }
}
