package io.laneway.control.console;

import io.laneway.router.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The files of the console by the path at which they are served. Immutable.
 *
 * <p>All files but the page itself are below a folder that is named by the hash of all of them: modules import each other
 * by relative paths, so none has to be rewritten, and what has an address never changes.
 */
public final class ConsolePages {

    /** Where the page is. */
    static final String ROOT = "/console/";

    private static final String FOLDER = "io/laneway/console";
    private static final String PAGE = "index.html";
    private static final String MAIN = "app/main.js";
    private static final int HASH_BYTES = 8;

    private final Map<String, PageFile> files;
    private final @Nullable PageFile page;

    private ConsolePages(Map<String, PageFile> files, @Nullable PageFile page) {
        this.files = Map.copyOf(files);
        this.page = page;
    }

    /** Those on the class path; none where the module is not there. */
    public static ConsolePages load() {
        ClassLoader loader = ConsolePages.class.getClassLoader();
        return of(ResourceTree.read(loader, FOLDER, PAGE));
    }

    static ConsolePages of(Map<String, byte[]> sources) {
        byte[] page = sources.get(PAGE);
        if (page == null) {
            return new ConsolePages(Map.of(), null);
        }
        String folder = ROOT + "assets/" + hash(sources);
        Map<String, PageFile> files = new HashMap<>();
        sources.forEach((name, bytes) -> {
            if (!name.equals(PAGE)) {
                files.put(folder + "/" + name, PageFile.of(name, bytes, hash(Map.of(name, bytes)), true));
            }
        });
        byte[] filled = new String(page, StandardCharsets.UTF_8)
                .replace("{{preload}}", preloads(sources))
                .replace("{{assets}}", folder)
                .getBytes(StandardCharsets.UTF_8);
        return new ConsolePages(files, PageFile.of(PAGE, filled, hash(Map.of(PAGE, filled)), false));
    }

    /** A browser would find a module only once it has read the one that imports it; pages beyond the first come later. */
    private static String preloads(Map<String, byte[]> sources) {
        return ModuleGraph.of(MAIN, sources).stream()
                .map(name -> "<link rel=\"modulepreload\" href=\"{{assets}}/" + name + "\">")
                .collect(Collectors.joining("\n"));
    }

    /** Whether there is a console. */
    boolean there() {
        return page != null;
    }

    /** What is served at a path: a file, or for every other path of the console its page; null for no such file. */
    @Nullable
    PageFile at(String path) {
        PageFile file = files.get(path);
        return file != null || path.startsWith(ROOT + "assets/") ? file : page;
    }

    private static String hash(Map<String, byte[]> files) {
        MessageDigest digest = Sha256.digest();
        files.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(file -> {
            digest.update((file.getKey() + "\n" + file.getValue().length + "\n").getBytes(StandardCharsets.UTF_8));
            digest.update(file.getValue());
        });
        return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
    }
}
