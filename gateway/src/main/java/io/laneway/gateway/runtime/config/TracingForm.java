package io.laneway.gateway.runtime.config;

import io.laneway.gateway.runtime.config.OtlpConfig.Protocol;
import io.laneway.gateway.runtime.config.TracingConfig.Propagation;
import io.laneway.gateway.runtime.config.TracingConfig.Sampler;
import io.laneway.router.access.RegularFile;
import io.laneway.router.decision.Reason;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Scalar;
import io.laneway.router.unit.Share;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The document form of a {@link TracingConfig}; what it leaves out comes from variables. Confined to one thread. */
final class TracingForm {

    private static final String PROPAGATORS = "tracecontext, b3 or b3multi";

    private final Path directory;
    private final OtelVariables variables;

    TracingForm(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.variables = new OtelVariables(environment);
    }

    /** Whether variables switch it off, whatever the document says. */
    boolean off() {
        return variables.off();
    }

    @Nullable
    TracingConfig read(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        Protocol protocol = fields.word("protocol", Protocol.values(), Protocol::word, variables.protocol());
        URI base = fields.optionalObject("otlp", TracingForm::uri);
        Sampler sampler = fields.object("sampler", this::sampler, variables.sampler());
        List<Propagation> propagators = fields.has("propagators")
                ? fields.list("propagators", TracingForm::propagation)
                : variables.propagators();
        List.of("CERTIFICATE", "CLIENT_CERTIFICATE", "CLIENT_KEY").forEach(name -> check(name, node, problems));
        return fields.build(() -> new TracingConfig(
                otlp(base == null ? variables.endpoint(protocol) : OtlpConfig.traces(base, protocol), protocol),
                sampler,
                propagators,
                variables.batch(),
                variables.resource()));
    }

    private OtlpConfig otlp(URI endpoint, Protocol protocol) {
        return new OtlpConfig(
                endpoint,
                protocol,
                variables.headers(),
                variables.timeoutMillis(),
                variables.gzip(),
                file("CERTIFICATE"),
                file("CLIENT_CERTIFICATE"),
                file("CLIENT_KEY"));
    }

    private @Nullable Path file(String name) {
        String file = variables.exporter(name);
        return file == null ? null : directory.resolve(file);
    }

    /** What is trusted is not passed over if it cannot be used, as other variables are. */
    private void check(String name, Node node, Problems problems) {
        Path file = file(name);
        if (file == null) {
            return;
        }
        try {
            if (new String(RegularFile.bytes(file), StandardCharsets.ISO_8859_1).contains("-----BEGIN ")) {
                return;
            }
        } catch (IOException e) {
            // it cannot be read
        }
        problems.add(node, OtelVariables.EXPORTER + name + ": " + file, "a readable PEM file");
    }

    private @Nullable Sampler sampler(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        Sampler otherwise = variables.sampler();
        boolean given = fields.has("ratio");
        Share ratio = fields.share("ratio", Share.ALL);
        boolean parent = fields.bool("parent", otherwise.parent());
        List<Reason> reasons = fields.list("reasons", TracingForm::reason);
        return fields.build(() -> new Sampler(
                given ? (double) ratio.slots() / Share.SLOTS : otherwise.ratio(), parent, new HashSet<>(reasons)));
    }

    private static @Nullable URI uri(Node node, Problems problems) {
        try {
            return OtelVariables.uri(node instanceof Scalar scalar ? scalar.text() : "");
        } catch (IllegalArgumentException e) {
            problems.add(node, node.described(), "http://host:port or https://host:port");
            return null;
        }
    }

    private static @Nullable Propagation propagation(Node node, Problems problems) {
        for (Propagation each : Propagation.values()) {
            if (node instanceof Scalar scalar && scalar.text().equals(ConfigForms.word(each))) {
                return each;
            }
        }
        problems.add(node, node.described(), PROPAGATORS);
        return null;
    }

    private static @Nullable Reason reason(Node node, Problems problems) {
        for (Reason each : Reason.values()) {
            if (node instanceof Scalar scalar && scalar.text().equals(each.word())) {
                return each;
            }
        }
        problems.add(node, node.described(), "a reason, such as fallback_unready");
        return null;
    }
}
