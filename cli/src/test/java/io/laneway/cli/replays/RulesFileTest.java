package io.laneway.cli.replays;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.laneway.cli.remote.CommandFailed;
import io.laneway.router.codec.replay.ReplayRulesForm;
import io.laneway.router.model.replay.ReplayRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file of ignores and tolerances: what reads it and what its JSON Schema says are the same. */
class RulesFileTest {

    @TempDir
    private Path folder;

    private static JsonSchema schema() throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Path.of("../docs/reference/diff-rules.schema.json")));
    }

    private boolean reads(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("rules.yaml"), text);
        try {
            RulesFile.read(file);
            return true;
        } catch (CommandFailed e) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        true  | {}
        true  | {"ignore": [], "tolerances": []}
        true  | {"ignore": [{"path": "header.x"}]}
        true  | {"ignore": [{"path": "body.a", "facet": "order", "endpoint": "a GET /*"}]}
        true  | {"tolerances": [{"path": "body.a"}]}
        true  | {"tolerances": [{"path": "body.a", "number": 0.01, "time": "5s"}]}
        true  | {"tolerances": [{"path": "body.a", "number": "2%"}, {"path": "b", "number": 3}]}
        true  | {"tolerances": [{"path": "body.a", "time": "500 ms"}]}
        false | []
        false | {"ignored": []}
        false | {"ignore": {}}
        false | {"ignore": [{}]}
        false | {"ignore": [{"path": ""}]}
        false | {"ignore": [{"path": " "}]}
        false | {"ignore": [{"path": 5}]}
        false | {"ignore": [{"path": "a", "facet": "colour"}]}
        false | {"ignore": [{"path": "a", "number": 1}]}
        false | {"ignore": [{"path": "a", "endpoint": ""}]}
        false | {"tolerances": [{"path": "a", "number": "much"}]}
        false | {"tolerances": [{"path": "a", "number": -1}]}
        false | {"tolerances": [{"path": "a", "number": "-1%"}]}
        false | {"tolerances": [{"path": "a", "number": true}]}
        false | {"tolerances": [{"path": "a", "time": "soon"}]}
        false | {"tolerances": [{"path": "a", "time": 5}]}
        false | {"tolerances": [{"path": "a", "facet": "number"}]}
        true  | {"lists": [{"path": "body.items", "key": "product.sku"}, {"path": "b", "key": "none", "endpoint": "a*"}]}
        false | {"lists": [{"path": "body.items"}]}
        false | {"lists": [{"key": "sku"}]}
        false | {"lists": [{"path": "body.items", "key": " "}]}
        false | {"lists": [{"path": "body.items", "key": 7}]}
        true  | {"values": [{"from": "POST /login", "take": {"json": "$.token"}, "put": [{"header": "authorization"}]}]}
        true  | {"values": [{"from": "* *", "take": {"cookie": "sid"}, "put": [{"cookie": "sid"}], "always": true}]}
        true  | {"values": [{"from": "* /a*", "take": {"location": "*/o/{value}"}, "in": "GET /o", "put": [{"path": "/o/{value}/*"}]}]}
        true  | {"values": [{"from": "* *", "take": {"header": "x"}, "put": [{"query": "a"}, {"form": "b"}, {"json": "$..c"}]}]}
        false | {"values": [{"from": "/login", "take": {"json": "$.token"}, "put": [{"header": "a"}]}]}
        false | {"values": [{"from": "post /login", "take": {"json": "$.token"}, "put": [{"header": "a"}]}]}
        false | {"values": [{"from": "* *", "take": {"json": "token"}, "put": [{"header": "a"}]}]}
        false | {"values": [{"from": "* *", "take": {"query": "token"}, "put": [{"header": "a"}]}]}
        false | {"values": [{"from": "* *", "take": {"header": "a", "cookie": "b"}, "put": [{"header": "a"}]}]}
        false | {"values": [{"from": "* *", "take": {"header": "a"}, "put": []}]}
        false | {"values": [{"from": "* *", "take": {"header": "a"}}]}
        false | {"values": [{"from": "* *", "take": {"header": "a"}, "put": [{"location": "/{value}"}]}]}
        false | {"values": [{"from": "* *", "take": {"header": "a"}, "put": [{"path": "/a"}]}]}
        false | {"values": [{"from": "* *", "take": {"header": "a"}, "put": [{"path": "/a-{value}"}]}]}
        false | {"values": [{"from": "* *", "take": {"header": " "}, "put": [{"header": "a"}]}]}
        false | {"values": [{"from": "* *", "take": {"header": "a"}, "put": [{"header": "a"}], "shared": "yes"}]}
        """)
    void theReaderAndTheSchemaSayTheSame(boolean good, String text) throws IOException {
        assertThat(schema().validate(text, InputFormat.JSON).isEmpty()).isEqualTo(good);
        assertThat(reads(text)).isEqualTo(good);
    }

    @Test
    void bothBoundTheirNumberAndLength() throws IOException {
        String one = "{\"path\": \"a\"}";
        for (int count : new int[] {200, 201}) {
            String text = "{\"ignore\": [" + String.join(",", Collections.nCopies(count, one)) + "]}";
            theReaderAndTheSchemaSayTheSame(count == 200, text);
        }
        for (int length : new int[] {1000, 1001}) {
            theReaderAndTheSchemaSayTheSame(
                    length == 1000, "{\"tolerances\": [{\"path\": \"" + "a".repeat(length) + "\"}]}");
        }
    }

    /** The control API gets them as they are read, and reads the same of it. */
    @Test
    void whatIsWrittenIsReadEqual() throws IOException {
        Path file = Files.writeString(folder.resolve("rules.yaml"), """
            ignore: [{path: header.x}, {path: body.a, facet: order, endpoint: "a GET /*"}]
            tolerances: [{path: body.p, number: 0.01}, {path: body.q, number: 2%, time: 5s}]
            lists: [{path: body.items, key: product.sku}]
            """);
        ReplayRules rules = RulesFile.read(file);
        Path json = Files.writeString(folder.resolve("rules.json"), ReplayRulesForm.FORM.json(rules));
        assertThat(RulesFile.read(json)).isEqualTo(rules);
        assertThat(schema().validate(Files.readString(json), InputFormat.JSON)).isEmpty();
        assertThat(rules.ignore()).hasSize(2);
    }

    @Test
    void thePagesRulesAreOfTheSchema() throws IOException {
        ofTheSchema("diff", "ignore");
        ofTheSchema("replay", "values");
    }

    private void ofTheSchema(String name, String first) throws IOException {
        String page = Files.readString(Path.of("../docs/how-to/" + name + ".md"));
        int from = page.indexOf("```yaml\n" + first + ":") + "```yaml\n".length();
        String rules = page.substring(from, page.indexOf("```", from));
        assertThat(schema().validate(rules, InputFormat.YAML)).isEmpty();
        assertThat(reads(rules)).isTrue();
    }
}
