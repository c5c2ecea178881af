package io.laneway.router.document.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.laneway.router.document.Documents;
import io.laneway.router.document.tree.Problems;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a form makes of its keys: reader, writer and schema. */
class FormTest {

    private record Thing(String name, String room, int size, List<String> tags, String other) {
        Thing {
            if (size == 13) {
                throw new IllegalArgumentException("size: 13 (expected: another number)");
            }
        }
    }

    private static final Key<Thing, String> NAME = Key.identity("name", Types.TEXT, Thing::name);
    private static final Key<Thing, String> ROOM = Key.optionalIdentity("room", Types.TEXT, Thing::room);
    private static final Key<Thing, Integer> SIZE = Key.optional(
                    "size", Numbers.integer(1, 20).orOff(20), Thing::size)
            .or(7)
            .doc("How large");
    private static final Key<Thing, List<String>> TAGS =
            Key.optional("tags", Types.TEXTS, Thing::tags).or(List.of()).written();
    private static final Key<Thing, String> OTHER =
            Key.required("other", Types.TEXT, Thing::other).unless("tags");

    private static final Form<Thing> FORM = Form.of(
                    "Thing",
                    "A thing",
                    read -> new Thing(
                            read.of(NAME), read.orNull(ROOM), read.of(SIZE), read.of(TAGS), read.orNull(OTHER)),
                    List.of(NAME, ROOM, SIZE, TAGS, OTHER))
            .where((fields, read) -> {
                if (fields.has("tags") && fields.has("other")) {
                    fields.problem("tags", "tags beside other", "one of them");
                }
            });

    private final Problems problems = Problems.strict();

    private Thing read(String json, Map<String, String> known) {
        return FORM.read(
                Objects.requireNonNull(Documents.parseJson(json.getBytes(StandardCharsets.UTF_8), problems)),
                known,
                problems);
    }

    private List<String> refused(String json, Map<String, String> known) {
        assertThat(read(json, known)).isNull();
        return problems.list().stream().map(Object::toString).toList();
    }

    private static String written(Thing thing) {
        return Json.text(json -> FORM.write(json, thing));
    }

    @Test
    void anAbsentKeyHasItsDefaultAndAnotherOneMayStandInForARequiredOne() {
        assertThat(read("{\"name\":\"a\",\"tags\":[]}", null)).isEqualTo(new Thing("a", null, 7, List.of(), null));
        assertThat(read("{\"name\":\"a\",\"other\":\"b\",\"size\":null}", null))
                .isEqualTo(new Thing("a", null, 7, List.of(), "b"));
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void offIsItsOwnValueAndNotTheDefault() {
        assertThat(read("{\"name\":\"a\",\"tags\":[],\"size\":\"off\"}", null).size())
                .isEqualTo(20);
    }

    @Test
    void whatIsMissingIsNamedUnlessAnotherKeyIsThere() {
        assertThat(refused("{}", null))
                .containsExactlyInAnyOrder("name: missing (expected: a text)", "other: missing (expected: a text)");
    }

    @Test
    void whatIsKnownMayBeLeftOutOrRepeated() {
        Map<String, String> known = Map.of("name", "a", "room", "r");
        Thing thing = new Thing("a", "r", 7, List.of(), "b");
        assertThat(read("{\"other\":\"b\"}", known)).isEqualTo(thing);
        assertThat(read("{\"name\":\"a\",\"room\":\"r\",\"other\":\"b\"}", known))
                .isEqualTo(thing);
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void whatIsKnownMayNotDiffer() {
        assertThat(refused("{\"name\":\"b\",\"room\":\"r\",\"other\":\"b\"}", Map.of("name", "a")))
                .containsExactlyInAnyOrder("name: 'b' (expected: 'a', or nothing)", "room: 'r' (expected: no room)");
    }

    @Test
    void rulesAndTheObjectItselfSayWhatIsWrongWithItsPlace() {
        assertThat(refused("{\"name\":\"a\",\"tags\":[],\"other\":\"b\"}", null))
                .containsExactly("tags: tags beside other (expected: one of them)");
    }

    @Test
    void whatTheObjectRefusesIsAProblemAtItsKey() {
        assertThat(refused("{\"name\":\"a\",\"tags\":[],\"size\":13}", null))
                .containsExactly("size: 13 (expected: another number)");
    }

    @Test
    void aRuleIsNotAskedOfWhatIsNoMapping() {
        assertThat(refused("[]", null)).containsExactly("a list (expected: a mapping)");
    }

    @Test
    void defaultsAreNotWrittenUnlessTheyAlwaysAre() {
        assertThat(written(new Thing("a", null, 7, List.of(), null))).isEqualTo("{\"name\":\"a\",\"tags\":[]}");
        assertThat(written(new Thing("a", "r", 20, List.of("x"), "b")))
                .isEqualTo("{\"name\":\"a\",\"room\":\"r\",\"size\":20,\"tags\":[\"x\"],\"other\":\"b\"}");
    }

    @Test
    void theSchemaRequiresWhatNoOtherKeyReplaces() {
        String schema = Json.text(json -> {
            json.writeStartObject();
            FORM.members(json);
            json.writeEndObject();
        });
        assertThat(schema)
                .startsWith("{\"description\":\"A thing\",\"type\":\"object\",\"required\":[\"name\"],")
                .contains("\"default\":7,\"description\":\"How large\"}")
                .contains("\"tags\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}")
                .endsWith("\"additionalProperties\":false}");
    }

    @Test
    void aKeyOfAnotherFormIsAMistakeOfTheProgram() {
        Key<Thing, String> stranger = Key.optional("stranger", Types.TEXT, Thing::name);
        Form<Thing> form = Form.of("Thing", "", read -> new Thing(read.of(stranger), "", 1, List.of(), ""), List.of());
        assertThatIllegalStateException()
                .isThrownBy(() -> form.read(
                        Objects.requireNonNull(Documents.parseJson("{}".getBytes(StandardCharsets.UTF_8), problems)),
                        problems))
                .withMessage("stranger is no key of this form");
    }
}
