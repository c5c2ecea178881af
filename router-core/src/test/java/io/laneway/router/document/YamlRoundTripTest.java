package io.laneway.router.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Scalar;
import io.laneway.router.document.tree.Sequence;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random documents: what is written as YAML is read back, and JSON and YAML make the same tree. */
class YamlRoundTripTest {

    private static final List<String> TEXTS = List.of(
            "a",
            "",
            " ",
            "true",
            "null",
            "~",
            "1",
            "1.5",
            "0x1f",
            "0o7",
            "off",
            "yes",
            "- a",
            "a: b",
            "#",
            "a #b",
            "a: ",
            "'",
            "\\\"",
            "\\\\",
            "*a",
            "&a",
            "!a",
            "%a",
            "@a",
            "`a",
            "{",
            "}",
            "[",
            "]",
            ",",
            "|",
            ">",
            "?",
            ":",
            "-",
            "é中😀",
            "a\\nb",
            "\\t",
            "a\\u0007",
            "  a  ",
            "2026-12-01",
            ".inf",
            "=",
            "<<",
            "\\u2028",
            "\\ufeff");

    private final Random random = new Random(23);

    private String json(int depth) {
        int kind = random.nextInt(depth > 3 ? 4 : 7);
        return switch (kind) {
            case 0, 1 -> '"' + TEXTS.get(random.nextInt(TEXTS.size())) + '"';
            case 2 -> List.of("0", "-7", "12345678901", "true", "false", "null").get(random.nextInt(6));
            case 3 -> List.of("1.5", "-2.25e10", "1E5").get(random.nextInt(3));
            case 4 -> list(depth);
            default -> mapping(depth);
        };
    }

    private String list(int depth) {
        StringBuilder list = new StringBuilder("[");
        for (int i = random.nextInt(4); i > 0; i--) {
            list.append(json(depth + 1)).append(i == 1 ? "" : ",");
        }
        return list.append(']').toString();
    }

    private String mapping(int depth) {
        StringBuilder mapping = new StringBuilder("{");
        for (int i = random.nextInt(4); i > 0; i--) {
            String key = TEXTS.get(random.nextInt(TEXTS.size()));
            mapping.append('"')
                    .append(key)
                    .append(i)
                    .append("\":")
                    .append(json(depth + 1))
                    .append(i == 1 ? "" : ",");
        }
        return mapping.append('}').toString();
    }

    private static Node parse(String text, Format format) {
        Problems problems = Problems.strict();
        Node node = Documents.parse(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), "t", format, problems);
        assertThat(problems.list()).as("%s", text).isEmpty();
        return node;
    }

    /** A tree without its lines and files. */
    private static String shape(Node node) {
        if (node instanceof Scalar scalar) {
            return scalar.kind() + ":" + scalar.text();
        }
        if (node instanceof Sequence list) {
            return list.items().stream().map(YamlRoundTripTest::shape).toList().toString();
        }
        StringBuilder shape = new StringBuilder();
        ((Mapping) node)
                .members()
                .forEach((key, value) ->
                        shape.append(key).append('=').append(shape(value)).append(';'));
        return "{" + shape + "}";
    }

    @Test
    void whatIsWrittenAsYamlIsReadBack() {
        for (int i = 0; i < 3_000; i++) {
            String json = mapping(0);
            Node node = parse(json, Format.JSON);
            String yaml = YamlWriter.write(node);
            assertThat(shape(parse(yaml, Format.YAML))).as("%s%n%s", json, yaml).isEqualTo(shape(node));
        }
    }

    @Test
    void everyNodeIsFoundByItsOwnPath() {
        for (int i = 0; i < 500; i++) {
            Node root = parse("{\"r\":" + list(0) + ",\"s\":" + list(0) + "}", Format.JSON);
            for (Node one : ((Mapping) root).members().values()) {
                for (Node item : ((Sequence) one).items()) {
                    assertThat(root.nearest(item.location().path())).isSameAs(item);
                }
            }
        }
    }
}
