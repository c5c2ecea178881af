package io.laneway.cli.check;

import io.laneway.router.codec.TableReader;
import io.laneway.router.document.Documents;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.UpstreamTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The problems of a lane table, and of the file that holds one. Blocks on the disk. Stateless. */
public final class TableFileCheck {

    private TableFileCheck() {}

    /** Adds the problems of a table, and warns of what is seldom meant. Null if anything is wrong. */
    public static @Nullable LaneTable table(Node node, Problems problems, Unchecked unchecked) {
        LaneTable table = TableReader.table(node, problems);
        if (table == null) {
            unchecked.add("references to and from parts of the table with problems, and its warnings");
        } else {
            TableWarnings.add(table, node, problems);
        }
        return table;
    }

    /**
     * The same for the table of a file, with the files of upstream TLS that it names.
     *
     * @param document that names it at {@code table.file}
     */
    static @Nullable LaneTable file(Path file, Node document, Problems problems, Unchecked unchecked) {
        if (!ReadableFile.is(file, document, "table.file", problems)) {
            return null;
        }
        Problems ofTable = Problems.strict();
        Node node = read(file, ofTable);
        LaneTable table = node == null ? null : table(node, ofTable, unchecked);
        if (node != null && table != null) {
            upstreamFiles(table, node, ofTable);
        } else {
            unchecked.add("files of TLS in " + file.getFileName());
        }
        problems.addAll(ofTable.list());
        ofTable.warnings().forEach(problems::warn);
        return table;
    }

    private static @Nullable Node read(Path file, Problems problems) {
        try {
            return Documents.parse(Files.readAllBytes(file), file.toString(), problems);
        } catch (IOException e) {
            return null;
        }
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
