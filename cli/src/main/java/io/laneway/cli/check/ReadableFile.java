package io.laneway.cli.check;

import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a file that a document names can be read. Stateless. */
final class ReadableFile {

    private ReadableFile() {}

    /**
     * Adds a problem if it cannot.
     *
     * @param path of the key in the document
     */
    static boolean is(Path file, Node document, String path, Problems problems) {
        if (Files.isRegularFile(file) && Files.isReadable(file)) {
            return true;
        }
        String what = Files.exists(file) ? " cannot be read" : " does not exist";
        problems.add(document.nearest(path), file + what, "a readable file");
        return false;
    }
}
