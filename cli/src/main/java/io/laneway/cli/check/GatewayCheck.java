package io.laneway.cli.check;

import io.laneway.cli.run.ProgramVersion;
import io.laneway.cli.run.Sources;
import io.laneway.gateway.protocol.tls.ServerTls;
import io.laneway.gateway.protocol.tls.TlsFailure;
import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.gateway.runtime.config.JwtConfig;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.runtime.config.TableConfig;
import io.laneway.gateway.runtime.config.TlsConfig;
import io.laneway.router.codec.TableReader;
import io.laneway.router.document.Documents;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.UpstreamTls;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway would find at its start on this machine: certificates, keys, the table's file, and the services that its
 * listeners name. Blocks on the disk. Confined to one thread.
 */
public final class GatewayCheck {

    private static final String READABLE = "a readable file";

    private final GatewayConfig config;
    private final Node document;
    private final Problems problems;

    private GatewayCheck(GatewayConfig config, Node document, Problems problems) {
        this.config = config;
        this.document = document;
        this.problems = problems;
    }

    /** Adds every problem of a configuration that reads well, and of the table's file that it names. */
    public static void add(GatewayConfig config, Node document, Problems problems) {
        GatewayCheck check = new GatewayCheck(config, document, problems);
        check.certificates();
        check.keys();
        TokenWarnings.issuers(config, document, problems);
        check.source();
        if (config.table() instanceof TableConfig.File file) {
            check.table(file.path());
        }
    }

    private void source() {
        String missing = Sources.missing(config.table());
        if (missing != null) {
            problems.add(document.nearest("table." + missing), ProgramVersion.lacking(), ProgramVersion.FULL);
        }
    }

    /** Files of issuers' keys. */
    private void keys() {
        for (int i = 0; i < config.listeners().size(); i++) {
            JwtConfig jwt = config.listeners().get(i).jwt();
            for (int j = 0; jwt != null && j < jwt.issuers().size(); j++) {
                URI keys = jwt.issuers().get(j).jwks();
                if ("file".equals(keys.getScheme())) {
                    readable(Path.of(keys), document, "listeners[" + i + "].jwt.issuers[" + j + "].jwks");
                }
            }
        }
    }

    private void certificates() {
        for (int i = 0; i < config.listeners().size(); i++) {
            TlsConfig tls = config.listeners().get(i).tls();
            if (tls != null) {
                certificates(tls, "listeners[" + i + "].tls");
            }
        }
    }

    private void certificates(TlsConfig tls, String path) {
        int before = problems.count();
        for (int i = 0; i < tls.certificates().size(); i++) {
            TlsConfig.Certificate certificate = tls.certificates().get(i);
            String at = path + ".certificates[" + i + "]";
            readable(certificate.certificate(), document, at + ".certificate");
            readable(certificate.privateKey(), document, at + ".privateKey");
        }
        if (tls.clientCa() != null) {
            readable(tls.clientCa(), document, path + ".clientCa");
        }
        if (problems.count() == before) {
            usable(tls, path);
        }
    }

    /** Files that are there may still hold no certificate, or a key that belongs to another. */
    private void usable(TlsConfig tls, String path) {
        try {
            ServerTls.load(tls, Duration.ofSeconds(1));
        } catch (TlsFailure e) {
            problems.add(document.nearest(path), String.valueOf(e.getMessage()), "certificates that can be served");
        }
    }

    private void table(Path file) {
        if (!readable(file, document, "table.file")) {
            return;
        }
        Problems ofTable = Problems.strict();
        Node node = read(file, ofTable);
        LaneTable table = node == null ? null : TableReader.table(node, ofTable);
        if (node != null && table != null) {
            TableWarnings.add(table, node, ofTable);
            upstreamFiles(table, node, ofTable);
            services(table);
            TokenWarnings.add(table, config, document, problems);
        }
        problems.addAll(ofTable.list());
        ofTable.warnings().forEach(problems::warn);
    }

    private static @Nullable Node read(Path file, Problems problems) {
        try {
            return Documents.parse(Files.readAllBytes(file), file.toString(), problems);
        } catch (IOException e) {
            return null;
        }
    }

    private void services(LaneTable table) {
        List<ListenerConfig> listeners = config.listeners();
        for (int i = 0; i < listeners.size(); i++) {
            String name = listeners.get(i).service();
            if (name != null && table.services().stream().noneMatch(service -> named(service, name))) {
                problems.add(
                        document.nearest("listeners[" + i + "].service"),
                        "service " + name + " is not in the table",
                        "a service of the table");
            }
        }
    }

    private static boolean named(Service service, String name) {
        return service.id().toString().equals(name) || service.id().name().equals(name);
    }

    private static void upstreamFiles(LaneTable table, Node node, Problems problems) {
        for (int i = 0; i < table.services().size(); i++) {
            List<Deployment> deployments = table.services().get(i).deployments();
            for (int j = 0; j < deployments.size(); j++) {
                UpstreamTls tls = deployments.get(j).tls();
                if (tls != null) {
                    String at = "services[" + i + "].deployments[" + j + "].tls";
                    upstream(tls.ca(), node, at + ".ca", problems);
                    upstream(tls.certificate(), node, at + ".certificate", problems);
                    upstream(tls.privateKey(), node, at + ".privateKey", problems);
                }
            }
        }
    }

    private static void upstream(@Nullable String file, Node node, String path, Problems problems) {
        if (file != null) {
            readable(Path.of(file), node, path, problems);
        }
    }

    private boolean readable(Path file, Node node, String path) {
        return readable(file, node, path, problems);
    }

    private static boolean readable(Path file, Node node, String path, Problems problems) {
        if (Files.isRegularFile(file) && Files.isReadable(file)) {
            return true;
        }
        String what = Files.exists(file) ? " cannot be read" : " does not exist";
        problems.add(node.nearest(path), file + what, READABLE);
        return false;
    }
}
