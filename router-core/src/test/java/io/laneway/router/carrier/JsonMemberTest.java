package io.laneway.router.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A member found without a tree is the one that a parser finds in its tree. */
class JsonMemberTest {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Texts that look like syntax, and what has to be escaped. */
    private static final List<String> TEXTS = List.of(
            "", "tenant", "a\"b", "\\", "}", "]", "{\"tenant\":1}", ",", ":", "é☃😀", "\n\t\u0001", "true", " ");

    private final Random random = new Random(20_261_129);

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private JsonNode value(int depth) {
        return switch (random.nextInt(depth > 2 ? 5 : 7)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.numberNode(random.nextInt());
            case 3, 4 -> NODES.textNode(text());
            case 5 -> {
                ArrayNode array = NODES.arrayNode();
                for (int n = random.nextInt(4); n > 0; n--) {
                    array.add(value(depth + 1));
                }
                yield array;
            }
            default -> object(depth + 1);
        };
    }

    private ObjectNode object(int depth) {
        ObjectNode object = NODES.objectNode();
        for (int n = random.nextInt(5); n > 0; n--) {
            object.set(text(), value(depth));
        }
        return object;
    }

    private static String expected(ObjectNode object, String name) {
        JsonNode member = object.get(name);
        return member == null || member.isNull() || member.isContainerNode() ? null : member.asText();
    }

    @Test
    void isTheMemberOfTheTree() throws JsonProcessingException {
        int found = 0;
        for (int i = 0; i < 20_000; i++) {
            ObjectNode object = object(0);
            String name = text();
            String compact = MAPPER.writeValueAsString(object);
            String spaced = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(object);

            assertThat(JsonMember.text(compact, name))
                    .as("%s in %s", name, compact)
                    .isEqualTo(expected(object, name));
            assertThat(JsonMember.text(spaced, name))
                    .as("%s in %s", name, spaced)
                    .isEqualTo(expected(object, name));
            found += expected(object, name) == null ? 0 : 1;
        }
        assertThat(found).isGreaterThan(1_000);
    }

    @Test
    void whatIsCutOffHasTheMemberOrNone() throws JsonProcessingException {
        for (int i = 0; i < 2_000; i++) {
            ObjectNode object = object(0);
            object.put("z", 12_345);
            String json = MAPPER.writeValueAsString(object);
            for (int end = 0; end < json.length(); end++) {
                String z = JsonMember.text(json.substring(0, end), "z");
                assertThat(z == null || (!z.isEmpty() && "12345".startsWith(z)))
                        .as(json.substring(0, end))
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":,\"z\":1}",
                "{\"a\"::1,\"z\":1}",
                "{\"a\" 1,\"z\":1}",
                "{\"a\":1 \"z\":1}",
                "{\"a\":1,,\"z\":1}",
                "{,\"z\":1}",
                "{\"a\":[1,{\"b\":2},\"z\":1}",
                "{\"a\":]1,\"z\":1}",
                "{\"a\":\"\\x\",\"z\":1}",
                "{\"a\":\"\\u12g4\",\"z\":1}",
                "{a:1,\"z\":1}",
                "{'z':1}",
                "{\"a\":tru,\"z\":1}",
                "{\"a\":01,\"z\":1}",
                "{\"a\":1:2,\"z\":1}",
                "{\"z\":acme}",
                "{\"z\":1x}",
                "{\"z\"::1}",
                "[{\"z\":1}]",
                "\"z\":1"
            })
    void behindWhatIsNotWellFormedThereIsNoMember(String json) {
        assertThat(JsonMember.text(json, "z")).isNull();
    }

    @Test
    void deepNestingTakesNoStack() {
        String deep = "{\"a\":" + "[".repeat(200_000) + "]".repeat(200_000) + ",\"z\":\"here\"}";
        assertThat(JsonMember.text(deep, "z")).isEqualTo("here");
    }
}
