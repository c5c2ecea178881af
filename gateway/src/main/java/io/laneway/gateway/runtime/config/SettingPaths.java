package io.laneway.gateway.runtime.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Settings that are handed to a client as texts, some of which are names of files. Stateless. */
final class SettingPaths {

    private static final Set<String> KUBERNETES = Set.of("file", "kubeconfig", "tokenFile", "ca");
    private static final Set<String> KAFKA = Set.of("ssl.keystore.location", "ssl.truststore.location");

    private SettingPaths() {}

    /** Settings of a source in Kubernetes, with their files in that directory. */
    static Map<String, String> kubernetes(Path directory, Map<String, String> settings) {
        return in(directory, settings, KUBERNETES);
    }

    /** Properties of a client of Kafka, with their files in that directory. */
    static Map<String, String> kafka(Path directory, Map<String, String> properties) {
        return in(directory, properties, KAFKA);
    }

    private static Map<String, String> in(Path directory, Map<String, String> settings, Set<String> files) {
        Map<String, String> resolved = new LinkedHashMap<>(settings);
        resolved.replaceAll((key, value) -> files.contains(key) && !value.isEmpty()
                ? directory.resolve(value).toString()
                : value);
        return resolved;
    }
}
