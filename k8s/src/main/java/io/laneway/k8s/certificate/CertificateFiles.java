package io.laneway.k8s.certificate;

import io.fabric8.kubernetes.api.model.Secret;
import io.laneway.k8s.object.Meta;
import io.laneway.router.access.PrivateFiles;
import io.laneway.router.tls.Pkcs8;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory of certificates and their keys, as a gateway's {@code tls.directory} reads it: {@code NAMESPACE.NAME.crt} and
 * {@code NAMESPACE.NAME.key}, private to their owner. Blocks on the disk; confined to one thread.
 */
final class CertificateFiles {

    private static final Logger log = LoggerFactory.getLogger(CertificateFiles.class);

    private final Path directory;
    private Map<String, String> written = Map.of();

    CertificateFiles(Path directory) throws IOException {
        this.directory = directory;
        PrivateFiles.directory(directory);
    }

    /** Makes the directory hold these and no others; each file is whole whenever it is read. */
    void write(Collection<Secret> secrets) throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (Secret secret : secrets) {
            try {
                String name =
                        Meta.namespace(secret) + "." + secret.getMetadata().getName();
                files.put(name + ".key", Pkcs8.of(text(secret, "tls.key")));
                files.put(name + ".crt", text(secret, "tls.crt"));
            } catch (IllegalArgumentException e) {
                log.atWarn()
                        .addKeyValue("secret", Meta.key(secret))
                        .addKeyValue("problem", e.getMessage())
                        .log("certificate left out");
            }
        }
        if (files.equals(written)) {
            return;
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            if (!file.getValue().equals(written.get(file.getKey()))) {
                write(file.getKey(), file.getValue());
            }
        }
        for (Path old : present()) {
            if (!files.containsKey(String.valueOf(old.getFileName()))) {
                Files.delete(old);
            }
        }
        written = files;
        log.atInfo().addKeyValue("files", files.keySet()).log("certificates written");
    }

    private void write(String name, String text) throws IOException {
        Path part = directory.resolve(name + ".part");
        PrivateFiles.file(part);
        Files.writeString(part, text);
        Files.move(part, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private List<Path> present() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return new ArrayList<>(all.filter(Files::isRegularFile).toList());
        }
    }

    private static String text(Secret secret, String field) {
        Map<String, String> data = secret.getData() == null ? Map.of() : secret.getData();
        return new String(Base64.getDecoder().decode(data.getOrDefault(field, "")), StandardCharsets.US_ASCII);
    }
}
