package io.laneway.cli.remote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Writes contexts to their file, whole or not at all, readable by its owner alone. Stateless. */
final class ContextsWriter {

    private ContextsWriter() {}

    static void write(Contexts contexts) {
        Path file = contexts.file();
        try {
            Path directory = Files.createDirectories(file.toAbsolutePath().getParent());
            Path temporary = Files.createTempFile(directory, "config", ".tmp");
            if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-------"));
            }
            Files.writeString(temporary, text(contexts));
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new CommandFailed(file + ": cannot be written: " + e.getMessage());
        }
    }

    private static String text(Contexts contexts) {
        Map<String, Object> all = new TreeMap<>();
        contexts.contexts().forEach((name, target) -> all.put(name, form(target)));
        Map<String, Object> document = new LinkedHashMap<>();
        put(document, "current", contexts.current());
        document.put("contexts", all);
        return new Dump(DumpSettings.builder()
                        .setDefaultFlowStyle(FlowStyle.BLOCK)
                        .build())
                .dumpToString(document);
    }

    private static Map<String, Object> form(Target target) {
        Map<String, Object> form = new LinkedHashMap<>();
        put(form, "control", target.control());
        put(form, "token", target.token());
        put(form, "tokenFile", target.tokenFile());
        put(form, "ca", target.ca());
        put(form, "cert", target.certificate());
        put(form, "key", target.key());
        return form;
    }

    private static void put(Map<String, Object> form, String key, @Nullable Object value) {
        if (value != null) {
            form.put(key, value.toString());
        }
    }
}
