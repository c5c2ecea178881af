package io.laneway.cli.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.laneway.cli.remote.CommandFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        """)
    void theReaderAndTheSchemaSayTheSame(boolean good, String text) throws IOException {
        assertThat(schema().validate(text, InputFormat.JSON).isEmpty()).isEqualTo(good);
        assertThat(reads(text)).isEqualTo(good);
    }

    @Test
    void thePagesRulesAreOfTheSchema() throws IOException {
        String page = Files.readString(Path.of("../docs/how-to/diff.md"));
        int from = page.indexOf("```yaml\nignore:") + "```yaml\n".length();
        String rules = page.substring(from, page.indexOf("```", from));
        assertThat(schema().validate(rules, InputFormat.YAML)).isEmpty();
        assertThat(reads(rules)).isTrue();
    }
}
