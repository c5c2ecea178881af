package io.laneway.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.k8s.KubernetesSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every key that a document may have, by its JSON Schema, is set as code on a page of the reference. */
class KeysTest {

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9-]+");

    @Test
    void everyKeyOfALaneTableIsInTheReference() throws IOException {
        assertThat(words("docs/reference/table.md", "docs/reference/policy.md"))
                .containsAll(keys("/io/laneway/router/schema/table.json"));
    }

    @Test
    void everyKeyOfAGatewaysConfigurationIsInTheReference() throws IOException {
        assertThat(words("docs/reference/configuration.md"))
                .containsAll(keys("/io/laneway/gateway/schema/gateway.json"));
    }

    @Test
    void everyObjectOfAGatewaysConfigurationHasATableOfExactlyItsKeys() throws IOException {
        Page page = Page.of("docs/reference/configuration.md");
        Map<String, Set<String>> objects = new TreeMap<>();
        JsonObject schema = schema("/io/laneway/gateway/schema/gateway.json");
        objects.put("Gateway", schema.getJsonObject("properties").fieldNames());
        for (String name : schema.getJsonObject("$defs").fieldNames()) {
            JsonObject properties =
                    schema.getJsonObject("$defs").getJsonObject(name).getJsonObject("properties");
            if (properties != null) {
                objects.put(name, properties.fieldNames());
            }
        }
        assertThat(page.tables("gateway")).containsExactlyInAnyOrderElementsOf(objects.keySet());
        objects.forEach((name, keys) ->
                assertThat(page.keys("gateway: " + name)).as(name).containsExactlyInAnyOrderElementsOf(keys));
    }

    @Test
    void theSettingsOfDiscoveryHaveATableOfExactlyTheirKeys() {
        List<String> keys = new ArrayList<>(KubernetesSettings.KEYS);
        keys.add("hosts.allow.NAMESPACE");
        assertThat(Page.of("docs/reference/kubernetes.md").keys("kubernetes: settings"))
                .containsExactlyInAnyOrderElementsOf(keys);
    }

    private static Set<String> words(String... pages) {
        return Arrays.stream(pages)
                .flatMap(page -> Page.of(page).code().stream())
                .flatMap(code -> WORD.matcher(code).results())
                .map(word -> word.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> keys(String schema) throws IOException {
        Set<String> keys = new TreeSet<>();
        collect(schema(schema), keys);
        assertThat(keys).hasSizeGreaterThan(20);
        return keys;
    }

    private static JsonObject schema(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(KeysTest.class.getResourceAsStream(name), name)) {
            return new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** The names below every {@code properties} of a schema, wherever they are. */
    private static void collect(Object schema, Set<String> keys) {
        if (schema instanceof JsonArray array) {
            array.forEach(item -> collect(item, keys));
        } else if (schema instanceof JsonObject object) {
            object.forEach(keyword -> {
                if (keyword.getKey().equals("properties") && keyword.getValue() instanceof JsonObject properties) {
                    keys.addAll(properties.fieldNames());
                    properties.forEach(property -> collect(property.getValue(), keys));
                } else {
                    collect(keyword.getValue(), keys);
                }
            });
        }
    }
}
