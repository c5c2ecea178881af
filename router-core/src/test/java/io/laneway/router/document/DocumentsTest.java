package io.laneway.router.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.document.tree.Problems;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DocumentsTest {

    private final Problems problems = Problems.strict();

    @Test
    void aliasesStandForWhatTheyName() {
        Mapping root = (Mapping) parse("a: &x {k: [1]}\nb: *x\n");
        Node copy = root.nearest("b.k[0]");
        assertThat(copy.described()).isEqualTo("the number 1");
        assertThat(copy.location().path()).isEqualTo("b.k[0]");
        assertThat(copy.location().line()).isEqualTo(1);
    }

    @Test
    void aliasBombsAreRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 20; i++) {
            String before = "*a" + (i - 1);
            bomb.append("a" + i + ": &a" + i + " [")
                    .append((before + ", ").repeat(8))
                    .append(before)
                    .append("]\n");
        }
        assertThat(parse(bomb.toString())).isNull();
        assertThat(problems.list().get(0).what()).isEqualTo("aliases blow the document up");
    }

    @Test
    void deepNestingIsRefused() {
        assertThat(parse("[".repeat(100_000))).isNull();
        assertThat(parse("{\"a\":".repeat(100_000))).isNull();
        assertThat(parse("- ".repeat(1_000) + "a")).isNull();
        assertThat(problems.count()).isEqualTo(3);
    }

    @Test
    void bytesThatAreNoTextAreRefusedWithTheirLine() {
        Documents.parse(new byte[] {'a', '\n', (byte) 0xFF}, "t.yaml", problems);
        Documents.parse(new byte[] {'a', '\n', '\n', 0}, "t.yaml", problems);
        assertThat(problems.list())
                .extracting(Problem::toString)
                .containsExactly(
                        "t.yaml:2: bytes that are not UTF-8 (expected: text in UTF-8)",
                        "t.yaml:3: a NUL byte (expected: text)");
    }

    @Test
    void aByteOrderMarkIsSkipped() {
        assertThat(parse("\uFEFFa: 1")).isInstanceOf(Mapping.class);
    }

    @Test
    void variablesAreReplacedAndTyped() {
        Node root = parse("a: ${N}\nb: \"${N}\"\nc: x${GONE:-y}z\nd: $${N}\n");
        Mapping filled = (Mapping) Variables.replace(root, Map.of("N", "12"), problems);
        assertThat(filled.nearest("a").described()).isEqualTo("the number 12");
        assertThat(filled.nearest("b").described()).isEqualTo("'12'");
        assertThat(filled.nearest("c").described()).isEqualTo("'xyz'");
        assertThat(filled.nearest("d").described()).isEqualTo("'${N}'");
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void variablesThatAreNotSetAreProblems() {
        Variables.replace(parse("a:\n  b: ${GONE}\n  c: ${1x}\n"), Map.of(), problems);
        assertThat(problems.list()).extracting(Problem::path).containsExactly("a.b", "a.c");
    }

    @Test
    void unknownKeysAreWarningsWhereLenient() {
        Problems lenient = Problems.lenient();
        Fields.of(Documents.parse("{\"a\":1}", lenient), lenient).end();
        assertThat(lenient.isEmpty()).isTrue();
        assertThat(lenient.warnings()).hasSize(1);
    }

    @Test
    void randomBytesNeverThrow() {
        String alphabet = "{}[]:,-&*!|>'\"%@`#?\n\t \\a1~$\u0085\uFEFF";
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(24); n >= 0; n--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            Problems found = Problems.strict();
            Node node = Documents.parse(text.toString(), found);
            assertThat(node == null).as(text.toString()).isEqualTo(!found.isEmpty());
        }
    }

    private Node parse(String text) {
        return Documents.parse(text.getBytes(StandardCharsets.UTF_8), "", problems);
    }

    /** Time by its length squared would be two minutes for this one, on the control API's one thread for whole tables. */
    @Test
    @Timeout(60)
    void aLongTextTakesTimeByItsLength() {
        Problems problems = Problems.strict();
        byte[] text = ("k: " + "x".repeat(12_000_000)).getBytes(StandardCharsets.UTF_8);
        assertThat(Documents.parse(text, "t.yaml", problems)).isNotNull();
        assertThat(problems.list()).isEmpty();
    }
}
