package io.laneway.cli.check;

import io.laneway.cli.run.ProgramVersion;
import io.laneway.cli.run.Sources;
import io.laneway.gateway.runtime.config.FilterConfig;
import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.runtime.config.RecordingsConfig;
import io.laneway.gateway.runtime.config.TableConfig;
import io.laneway.gateway.telemetry.recording.TopicSinks;
import io.laneway.gateway.traffic.filter.FilterProblems;
import io.laneway.gateway.traffic.filter.Filters;
import io.laneway.gateway.traffic.page.PageFailure;
import io.laneway.gateway.traffic.page.PageTemplate;
import io.laneway.router.codec.TableReader;
import io.laneway.router.document.Documents;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.UpstreamTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway would find at its start on this machine: the files of its listeners, error pages, filters, the table's file,
 * the places that it writes to, and the services that its listeners name. Blocks on the disk. Confined to one thread.
 */
public final class GatewayCheck {

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
        EmptyTexts.warn(document, problems);
        new ListenerFiles(config, document, problems).check();
        WrittenPlaces.check(config, document, problems);
        check.pages();
        check.filters();
        TokenWarnings.issuers(config, document, problems);
        check.source();
        check.recordings();
        if (config.table() instanceof TableConfig.File file) {
            check.table(file.path());
        }
    }

    private void source() {
        String missing = Sources.missing(config.table());
        if (missing != null) {
            problems.add(document.nearest("table." + missing), ProgramVersion.lacking(), ProgramVersion.FULL);
        }
        Sources.check(config.table(), document, problems);
    }

    private void recordings() {
        RecordingsConfig recordings = config.recordings();
        RecordingsConfig.S3 s3 = recordings == null ? null : recordings.s3();
        if (s3 != null && s3.ca() != null) {
            ReadableFile.is(s3.ca(), document, "recordings.s3.ca", problems);
        }
        if (s3 != null && s3.login().file() != null) {
            ReadableFile.is(s3.login().file(), document, "recordings.s3.credentials", problems);
        }
        boolean topic = recordings != null && recordings.kafka() != null;
        if (topic && ServiceLoader.load(TopicSinks.class).findFirst().isEmpty()) {
            problems.add(document.nearest("recordings.kafka"), ProgramVersion.lacking(), ProgramVersion.FULL);
        }
    }

    private void pages() {
        pages(config.errorPages().common(), "errorPages.default.");
        config.errorPages().services().forEach((name, files) -> pages(files, "errorPages.services." + name + "."));
    }

    private void pages(Map<String, Path> files, String path) {
        files.forEach((status, file) -> {
            try {
                PageTemplate.read(file);
            } catch (PageFailure e) {
                problems.add(document.nearest(path + status), e.what(), e.expected());
            }
        });
    }

    private void filters() {
        try {
            Filters.open(config).close();
        } catch (FilterProblems e) {
            problems.addAll(e.list());
        }
    }

    private void table(Path file) {
        if (!ReadableFile.is(file, document, "table.file", problems)) {
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
            filtered(listeners.get(i).filters(), "listeners[" + i + "].filters", table);
        }
    }

    /** A filter of a service that is not there would see nothing, and nothing would say so. */
    private void filtered(List<FilterConfig> filters, String path, LaneTable table) {
        for (int i = 0; i < filters.size(); i++) {
            for (String name : filters.get(i).services()) {
                if (table.services().stream().noneMatch(service -> named(service, name))) {
                    problems.add(
                            document.nearest(path + "[" + i + "].services"),
                            "service " + name + " is not in the table",
                            "services of the table");
                }
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
                String at = "services[" + i + "].deployments[" + j + "]";
                upstreamFiles(deployments.get(j).tls(), node, at + ".tls", problems);
                List<Port> ports = deployments.get(j).ports();
                for (int k = 0; k < ports.size(); k++) {
                    upstreamFiles(ports.get(k).tls(), node, at + ".ports[" + k + "].tls", problems);
                }
            }
        }
    }

    private static void upstreamFiles(@Nullable UpstreamTls tls, Node node, String at, Problems problems) {
        if (tls != null) {
            upstream(tls.authoritiesFile(), node, at + ".ca", problems);
            upstream(tls.certificate(), node, at + ".certificate", problems);
            upstream(tls.privateKey(), node, at + ".privateKey", problems);
        }
    }

    private static void upstream(@Nullable String file, Node node, String path, Problems problems) {
        if (file != null) {
            ReadableFile.is(Path.of(file), node, path, problems);
        }
    }
}
