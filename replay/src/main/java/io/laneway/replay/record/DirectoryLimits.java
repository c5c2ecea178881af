package io.laneway.replay.record;

/**
 * How large the files of a recording become, in bytes.
 *
 * @param file after which another file is begun
 * @param recording after which the recording ends, files of earlier runs of the process included
 * @param directory that no file is begun beyond, whatever recordings the files are of
 */
public record DirectoryLimits(long file, long recording, long directory) {

    public DirectoryLimits {
        check("file", file);
        check("recording", recording);
        check("directory", directory);
    }

    private static void check(String name, long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException(name + ": " + bytes + " (expected: >= 1)");
        }
    }
}
