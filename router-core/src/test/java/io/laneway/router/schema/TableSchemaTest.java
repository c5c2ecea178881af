package io.laneway.router.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.laneway.router.codec.TableReader;
import io.laneway.router.codec.TableWriter;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published JSON Schema of the lane table says what the reader takes. */
class TableSchemaTest {

    private static final Path FILE = Path.of("src/main/resources/io/laneway/router/schema/table.json");
    private static final JsonNode DOCUMENT = SchemaSamples.read(FILE);
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(DOCUMENT);
    private static final Path READERS = Path.of("src/main/java/io/laneway/router/codec");
    private static final Path RULES_OF_REPLAYS = READERS.resolve("replay");
    private static final Set<String> OF_DELTAS = Set.of("from", "changes", "deployment", "put", "recording", "remove");

    private static final String TABLE = """
            {"schema": 1, "base": "master", "carriers": {"header": ["trace-branch"], "host": ["app-{lane}.example.com"]},
             "lanes": [{"name": "f-1", "parent": "master", "mode": "strict", "expiresAt": "2026-12-01T00:00:00Z"}, {"name": "G0"}],
             "services": [{"name": "order", "namespace": "shop", "hosts": ["order.example.com"], "shift": "default",
               "deployments": [
                 {"lane": "master", "protocol": "https", "endpoints": ["127.0.0.1:9001"], "tls": {"verify": false}},
                 {"lane": "f-1", "ports": [{"name": "http", "port": 80, "endpoints": [{"address": "127.0.0.1:1", "zone": "a"}]}]}],
               "policy": {"timeouts": {"request": "5s", "total": "off"}, "retries": "off", "balancer": {"ring-hash": "source"},
                 "health": {"path": "/ready"}, "rate": {"requests": 5, "key": "tenant"}, "cors": {"origins": ["*"]}}}],
             "routes": [{"hosts": ["shop.example.com"], "path": "/api", "service": "order.shop"}],
             "shifts": [{"name": "default", "tenant": [{"header": "x-tenant-id"}],
               "environments": [{"lane": "G0", "share": "20%", "tenants": {"include": ["demo"]}, "requests": "10%"}]}]}
            """;

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    private static Problems read(String text) {
        Problems problems = Problems.strict();
        TableReader.read(text.getBytes(StandardCharsets.UTF_8), "t", problems);
        return problems;
    }

    @Test
    void everyKeyThatTheReaderTakesIsInTheSchema() throws IOException {
        Set<String> keys = SchemaSamples.readersKeys(READERS, RULES_OF_REPLAYS);
        keys.removeAll(OF_DELTAS);

        assertThat(keys).hasSizeGreaterThan(70);
        assertThat(SchemaSamples.names(DOCUMENT)).containsAll(keys);
    }

    @Test
    void everyKeyOfTheRulesOfReplaysIsInTheirSchema() throws IOException {
        Set<String> keys = SchemaSamples.readersKeys(RULES_OF_REPLAYS, null);

        assertThat(keys).hasSizeGreaterThan(10);
        assertThat(SchemaSamples.names(SchemaSamples.read(Path.of("../docs/reference/diff-rules.schema.json"))))
                .containsAll(keys);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void everyKeyOfTheSchemaIsTakenByTheReader(int alternative) {
        String largest = SchemaSamples.largest(DOCUMENT, alternative).toString();

        assertThat(read(largest).list()).extracting(Problem::what).doesNotContain("unknown key");
        assertThat(largest.length()).isGreaterThan(1_000);
    }

    @Test
    void whatTheReaderTakesAndTheWriterWritesIsValid() throws IOException {
        assertThat(SCHEMA.validate(json(TABLE))).isEmpty();
        Problems problems = Problems.strict();
        LaneTable table = TableReader.read(TABLE.getBytes(StandardCharsets.UTF_8), "t", problems);
        assertThat(problems.list()).isEmpty();
        assertThat(table).isNotNull();

        String written = new String(TableWriter.json(table), StandardCharsets.UTF_8);
        assertThat(SCHEMA.validate(json(written))).as(written).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"colour\": 1}",
                "{\"schema\": 2}",
                "{\"lanes\": [{\"parent\": \"x\"}]}",
                "{\"lanes\": [{\"name\": \"a\", \"mode\": \"lenient\"}]}",
                "{\"services\": [{\"name\": \"a\", \"deployments\": [{\"lane\": \"master\", \"protocol\": \"http3\"}]}]}",
                "{\"services\": [{\"name\": \"a\", \"policy\": {\"timeouts\": {\"request\": \"5 minutes\"}}}]}",
                "{\"services\": [{\"name\": \"a\", \"policy\": {\"rate\": {\"requests\": 5}}}]}",
                "{\"shifts\": [{\"name\": \"d\", \"environments\": [{\"lane\": \"G0\", \"share\": \"20\"}]}]}",
                "{\"shifts\": [{\"name\": \"d\", \"environments\": [{\"lane\": \"G0\"}]}]}",
                "{\"shifts\": [{\"name\": \"d\", \"tenant\": [{\"headers\": \"x\"}]}]}",
                "{\"services\": [{\"name\": \"a\", \"policy\": {\"balancer\": \"ring-hash\"}}]}"
            })
    void bothRefuseWhatIsWrong(String text) throws IOException {
        assertThat(read(text).list()).isNotEmpty();
        assertThat(SCHEMA.validate(json(text))).isNotEmpty();
    }
}
