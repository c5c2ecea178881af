package io.laneway.cli.check;

import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Whether a gateway could write on this machine where its configuration says. Blocks on the disk. Stateless. */
final class WrittenPlaces {

    private WrittenPlaces() {}

    /** Adds a problem for each place that it could not write to. */
    static void check(GatewayConfig config, Node document, Problems problems) {
        Path log = config.accessLog().path();
        if (log != null) {
            file(log, document, "accessLog.path", problems);
        }
        if (config.data() != null) {
            directory(config.data(), document, "data", problems);
        }
        Path socket = config.drain().handover();
        Path beside = socket == null ? null : socket.toAbsolutePath().getParent();
        if (beside != null) {
            directory(beside, document, "drain.handover", problems);
        }
    }

    /** A file is made, the directory that it is in is not. */
    private static void file(Path file, Node document, String path, Problems problems) {
        Path directory = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            problems.add(document.nearest(path), file + " is a directory", "a file");
        } else if (directory != null && !Files.isDirectory(directory)) {
            problems.add(
                    document.nearest(path),
                    directory + (Files.exists(directory) ? " is no directory" : " does not exist"),
                    "a file in a directory that is there");
        } else if (!Files.isWritable(Files.exists(file) || directory == null ? file : directory)) {
            problems.add(document.nearest(path), file + " cannot be written", "a file that this user may write");
        }
    }

    /** A directory is made with those above it. */
    private static void directory(Path directory, Node document, String path, Problems problems) {
        Path there = existing(directory.toAbsolutePath());
        if (there == null || !Files.isDirectory(there)) {
            problems.add(document.nearest(path), there + " is no directory", "a directory, or a place to make one");
        } else if (!Files.isWritable(there)) {
            problems.add(
                    document.nearest(path), there + " cannot be written", "a directory that this user may write to");
        }
    }

    private static @Nullable Path existing(Path path) {
        Path there = path;
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        return there;
    }
}
