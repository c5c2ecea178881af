package io.laneway.cli.check;

import io.laneway.cli.run.ProgramVersion;
import io.laneway.cli.run.Sources;
import io.laneway.gateway.runtime.config.ConfigReader;
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
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Scalar;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.UpstreamTls;
import io.laneway.router.tls.TlsFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway would find at its start on this machine: the files of its listeners, error pages, filters, the table's file,
 * the places that it writes to, and the services that its listeners name. Where the configuration has problems, its other
 * parts are checked all the same. Blocks on the disk. Confined to one thread.
 */
public final class GatewayCheck {

    private final GatewayConfig config;
    private final BrokenParts broken;
    private final Node document;
    private final Problems problems;
    private final Unchecked unchecked;

    private GatewayCheck(
            GatewayConfig config, BrokenParts broken, Node document, Problems problems, Unchecked unchecked) {
        this.config = config;
        this.broken = broken;
        this.document = document;
        this.problems = problems;
        this.unchecked = unchecked;
    }

    /**
     * Adds every problem of a configuration, and of the table's file that it names.
     *
     * @param directory to which its paths are relative
     */
    public static void add(
            ConfigReader.Result read, Node document, Path directory, Problems problems, Unchecked unchecked) {
        problems.addAll(read.problems());
        EmptyTexts.warn(document, problems);
        GatewayConfig config = read.draft();
        if (config != null) {
            new GatewayCheck(config, BrokenParts.of(read.problems()), document, problems, unchecked).check();
            return;
        }
        unchecked.add("files, places, filters and services that the configuration names, but for the table's file");
        if (document.nearest("table.file") instanceof Scalar file
                && !file.text().contains("${")) {
            TableFileCheck.file(directory.resolve(file.text()), document, problems, unchecked);
        }
    }

    private void check() {
        boolean sound = broken.paths().isEmpty();
        new ListenerFiles(config, broken, document, problems, unchecked).check();
        WrittenPlaces.check(config, document, problems);
        pages();
        filters();
        if (sound) {
            TokenWarnings.issuers(config, document, problems);
        } else {
            unchecked.add("warnings of listeners");
        }
        source();
        control();
        recordings();
        if (config.table() instanceof TableConfig.File file) {
            LaneTable table = TableFileCheck.file(file.path(), document, problems, unchecked);
            if (table == null) {
                unchecked.add("services that listeners and filters name");
            } else {
                services(table);
                if (sound) {
                    TokenWarnings.add(table, config, document, problems);
                }
            }
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

    /** The files of TLS to the control API. */
    private void control() {
        UpstreamTls tls = config.table() instanceof TableConfig.Control control ? control.tls() : null;
        if (tls == null) {
            return;
        }
        int before = problems.count();
        upstream(tls.ca(), "table.tls.ca");
        upstream(tls.certificate(), "table.tls.certificate");
        upstream(tls.privateKey(), "table.tls.privateKey");
        if (problems.count() == before) {
            try {
                new TlsFiles(path(tls.certificate()), path(tls.privateKey()), path(tls.ca())).read();
            } catch (IllegalArgumentException e) {
                problems.add(document.nearest("table.tls"), String.valueOf(e.getMessage()), "files that can be used");
            }
        }
    }

    private void upstream(@Nullable String file, String path) {
        if (file != null) {
            ReadableFile.is(Path.of(file), document, path, problems);
        }
    }

    private static @Nullable Path path(@Nullable String file) {
        return file == null ? null : Path.of(file);
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
}
