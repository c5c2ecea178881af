package io.laneway.router.tls;

import io.laneway.router.access.RegularFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file as it was at one moment. Immutable.
 *
 * @param text    what was in it
 * @param problem why it could not be read, empty if it could
 */
record PemFile(Path file, String text, String problem) {

    /** A file as it is, null for none. */
    static @Nullable PemFile of(@Nullable Path file) {
        if (file == null) {
            return null;
        }
        try {
            return new PemFile(file, new String(RegularFile.bytes(file), StandardCharsets.ISO_8859_1), "");
        } catch (NoSuchFileException e) {
            return new PemFile(file, "", "does not exist (expected: a file in PEM)");
        } catch (IOException e) {
            return new PemFile(file, "", "cannot be read: " + e.getMessage());
        }
    }

    /** What was in it. */
    String read() {
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException(problem);
        }
        return text;
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
