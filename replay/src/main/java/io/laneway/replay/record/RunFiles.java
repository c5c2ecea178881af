package io.laneway.replay.record;

import io.laneway.replay.file.OwnerFile;
import io.laneway.replay.form.RecordingHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the files of one run of a recording are: {@code DIRECTORY/RECORDING/GATEWAY/BEGUN-NUMBER.jsonl.gz}. A directory
 * for each name, so that no name is the beginning of another; when it was begun, so that a later recording of the same
 * name has a size of its own. Confined to one thread.
 */
final class RunFiles {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
    private static final DateTimeFormatter BEGUN =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Path root;
    private final Path directory;
    private final String prefix;
    private int number;

    RunFiles(Path root, RecordingHeader header) {
        this.root = root;
        this.directory = root.resolve(name("recording", header.recording())).resolve(name("gateway", header.gateway()));
        this.prefix = BEGUN.format(header.created()) + "-";
    }

    private static String name(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(what + ": not the name of a file (expected: " + NAME.pattern() + ")");
        }
        return name;
    }

    /** A file that is not there yet. */
    Path next() throws IOException {
        OwnerFile.directories(directory);
        Path file;
        do {
            number++;
            file = directory.resolve(prefix + number + ".jsonl.gz");
        } while (Files.exists(file));
        return file;
    }

    /** Bytes of this run's files. */
    long runBytes() throws IOException {
        return Files.isDirectory(directory) ? bytes(directory, prefix) : 0;
    }

    /** Bytes of all files of the directory. */
    long allBytes() throws IOException {
        return Files.isDirectory(root) ? bytes(root, "") : 0;
    }

    private static long bytes(Path under, String prefix) throws IOException {
        try (Stream<Path> walk = Files.walk(under)) {
            List<Path> files = walk.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().startsWith(prefix))
                    .toList();
            long sum = 0;
            for (Path file : files) {
                sum += size(file);
            }
            return sum;
        } catch (UncheckedIOException e) {
            throw new IOException("sizes of files in " + under, e);
        }
    }

    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            // taken away since it was listed
            return 0;
        }
    }
}
