package io.laneway.router.codec.shift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.laneway.router.codec.RandomTables;
import io.laneway.router.codec.TableReader;
import io.laneway.router.codec.TableWriter;
import io.laneway.router.document.Documents;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.shift.Environment;
import io.laneway.router.model.shift.Pins;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.model.shift.SlotRange;
import io.laneway.router.model.shift.SlotShare;
import io.laneway.router.unit.Share;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a document of a known shift leaves out, keeps its value; what it says, counts. */
class KeptShiftTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final Shift CURRENT = new Shift(
            "default",
            false,
            List.of(),
            List.of(
                    new Environment(
                            "G0",
                            Share.parse("20%"),
                            new Pins(List.of("demo"), List.of("bank")),
                            List.of(new SlotRange(0, 1999)),
                            new SlotShare(Share.parse("10%"), List.of(new SlotRange(5000, 5999)))),
                    new Environment("G1", Share.parse("5%"), Pins.NONE, null)));

    private final Problems problems = Problems.strict();

    private Shift read(String json) {
        return TableReader.shift(
                Documents.parseJson(json.getBytes(StandardCharsets.UTF_8), problems), "default", CURRENT, problems);
    }

    @Test
    void anEmptyDocumentKeepsAllButTheEnvironmentsThatItDoesNotName() {
        assertThat(read("{}")).isEqualTo(new Shift("default", false, List.of(), List.of()));
    }

    @Test
    void aNamedEnvironmentKeepsItsPinsAndRequestsButNotItsSlots() {
        Shift shift = read("{\"environments\":[{\"lane\":\"g0\",\"share\":\"30%\"}]}");
        assertThat(shift.environments())
                .containsExactly(new Environment(
                        "g0",
                        Share.parse("30%"),
                        CURRENT.environments().get(0).tenants(),
                        null,
                        CURRENT.environments().get(0).requests()));
    }

    @Test
    void anotherShareOfRequestsTakesTheirSlotsAway() {
        Shift shift = read("{\"environments\":[{\"lane\":\"G0\",\"share\":\"20%\",\"requests\":\"11%\"}]}");
        assertThat(shift.environments().get(0).requests()).isEqualTo(new SlotShare(Share.parse("11%"), null));
        Shift none = read("{\"environments\":[{\"lane\":\"G0\",\"share\":\"20%\",\"requests\":\"0%\"}]}");
        assertThat(none.environments().get(0).requests()).isEqualTo(SlotShare.NONE);
    }

    @Test
    void nullIsLeftOut() {
        Shift shift = read(
                "{\"enabled\":null,\"tenant\":null,\"environments\":[{\"lane\":\"G0\",\"share\":\"20%\",\"tenants\":null}]}");
        assertThat(shift.enabled()).isFalse();
        assertThat(shift.environments().get(0).tenants().include()).containsExactly("demo");
    }

    /** The rule, key by key, in the documents instead of in the objects. */
    @Test
    void isWhatFillingTheDocumentInMakes() throws IOException {
        Random random = new Random(91);
        for (long seed = 0; seed < 2_000; seed++) {
            Shift current = new RandomTables(seed).table().shifts().get(0);
            ObjectNode whole = (ObjectNode) MAPPER.readTree(TableWriter.json(current));
            ObjectNode document = (ObjectNode) MAPPER.readTree(TableWriter.json(
                    new RandomTables(seed + 5_000).table().shifts().get(0)));
            leaveOut(document, random, "enabled", "tenant");
            ObjectNode filled = document.deepCopy();
            fill(filled, whole, "enabled", "tenant");
            for (int i = 0; i < document.withArray("environments").size(); i++) {
                ObjectNode environment =
                        (ObjectNode) document.get("environments").get(i);
                leaveOut(environment, random, "tenants", "requests", "requestSlots", "slots");
                ObjectNode target = filled.withArray("environments").addObject();
                target.setAll(environment);
                fillEnvironment(target, whole);
            }
            for (int n = document.get("environments").size(); n > 0; n--) {
                filled.withArray("environments").remove(0);
            }
            Shift expected = TableReader.shift(node(filled), problems);

            assertThat(TableReader.shift(node(document), "default", current, problems))
                    .as("seed %d: %s onto %s", seed, document, whole)
                    .isEqualTo(expected);
            assertThat(problems.list()).isEmpty();
        }
    }

    private static void leaveOut(ObjectNode object, Random random, String... keys) {
        for (String key : keys) {
            if (random.nextBoolean()) {
                object.remove(key);
            }
        }
    }

    private static void fill(ObjectNode object, JsonNode other, String... keys) {
        for (String key : keys) {
            if (!object.has(key) && other.has(key)) {
                object.set(key, other.get(key));
            }
        }
    }

    private static void fillEnvironment(ObjectNode environment, JsonNode whole) {
        for (JsonNode known : whole.get("environments")) {
            if (known.get("lane").equals(environment.get("lane"))) {
                fill(environment, known, "tenants", "requests");
                boolean sameShare = known.path("requests").equals(environment.path("requests"));
                if (sameShare) {
                    fill(environment, known, "requestSlots");
                }
            }
        }
    }

    private Node node(JsonNode json) {
        return Documents.parseJson(json.toString().getBytes(StandardCharsets.UTF_8), problems);
    }
}
