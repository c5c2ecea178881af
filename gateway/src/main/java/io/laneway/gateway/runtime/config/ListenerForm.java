package io.laneway.gateway.runtime.config;

import io.laneway.gateway.runtime.config.PathConfig.EncodedSlashes;
import io.laneway.gateway.runtime.config.PathConfig.Underscores;
import io.laneway.gateway.runtime.config.TlsConfig.Certificate;
import io.laneway.gateway.runtime.config.TlsConfig.Version;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The document form of a {@link ListenerConfig}. Confined to one thread. */
final class ListenerForm {

    private static final int MAX_HOPS = 100;

    private final Path directory;

    ListenerForm(Path directory) {
        this.directory = directory;
    }

    @Nullable
    ListenerConfig read(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String name = fields.text("name");
        Address address = fields.object("address", ConfigForms::address);
        Trust trust = fields.word("trust", Trust.values(), ConfigForms::word, Trust.EXTERNAL);
        CarrierRule lanes = fields.object("lanes", LaneForms::carriers, CarrierRule.ALL);
        String defaultLane = blankAsNull(fields.text("defaultLane", ""));
        String service = fields.optionalText("service");
        UnknownHost unknownHost = fields.word(
                "unknownHost",
                UnknownHost.values(),
                ConfigForms::word,
                trust == Trust.INTERNAL ? UnknownHost.PASSTHROUGH : UnknownHost.REFUSE);
        TlsConfig tls = fields.optionalObject("tls", this::tls);
        boolean proxyProtocol = fields.bool("proxyProtocol", false);
        int trustedHops = fields.integer("trustedHops", 0, MAX_HOPS, 0);
        PathConfig paths = fields.object("paths", ListenerForm::paths, PathConfig.DEFAULT);
        JwtConfig jwt = fields.guard("jwt", new JwtForm(directory)::read);
        EntryConfig entry = fields.optionalObject("entry", LaneForms::entry);
        MemoryConfig memory = LaneForms.memory(fields, trust);
        AccessConfig access = fields.guard("access", AccessForm::read);
        AuthConfig auth = fields.guard("auth", new AuthForm(directory)::read);
        fields.withValue("filters", "a list of filters");
        List<FilterConfig> filters = fields.list("filters", FilterForm::read);
        TransparentConfig transparent = fields.guard("transparent", LaneForms::transparent);
        if (address == null) {
            fields.end();
            return null;
        }
        return fields.build(() -> new ListenerConfig(
                name,
                address,
                trust,
                lanes,
                defaultLane,
                service,
                unknownHost,
                tls,
                proxyProtocol,
                trustedHops,
                paths,
                jwt,
                entry,
                memory,
                access,
                auth,
                filters,
                transparent));
    }

    /** A lane pod's sidecar says <code>${LANEWAY_LANE:-}</code>, which is empty outside of lanes. */
    private static @Nullable String blankAsNull(String text) {
        return text.isBlank() ? null : text;
    }

    private @Nullable TlsConfig tls(Node node, Problems problems) {
        Fields fields = Fields.withValues(node, problems);
        List<Certificate> certificates = fields.list("certificates", this::certificate);
        String clientCa = fields.optionalText("clientCa");
        Version minVersion = fields.word("minVersion", Version.values(), Version::word, Version.V1_2);
        boolean ocspStapling = fields.bool("ocspStapling", false);
        String pairs = fields.optionalText("directory");
        return fields.build(() -> new TlsConfig(
                certificates,
                clientCa == null ? null : directory.resolve(clientCa),
                minVersion,
                ocspStapling,
                pairs == null ? null : directory.resolve(pairs)));
    }

    private @Nullable Certificate certificate(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String certificate = fields.text("certificate");
        String privateKey = fields.text("privateKey");
        return fields.build(() -> new Certificate(directory.resolve(certificate), directory.resolve(privateKey)));
    }

    private static @Nullable PathConfig paths(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        PathConfig otherwise = PathConfig.DEFAULT;
        boolean normalise = fields.bool("normalise", otherwise.normalise());
        boolean mergeSlashes = fields.bool("mergeSlashes", otherwise.mergeSlashes());
        EncodedSlashes encodedSlashes =
                fields.word("encodedSlashes", EncodedSlashes.values(), ConfigForms::word, otherwise.encodedSlashes());
        Underscores underscores =
                fields.word("underscores", Underscores.values(), ConfigForms::word, otherwise.underscores());
        return fields.build(() -> new PathConfig(normalise, mergeSlashes, encodedSlashes, underscores));
    }
}
