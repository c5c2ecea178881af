package io.laneway.router.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.laneway.router.document.Documents;
import io.laneway.router.document.Variables;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import java.util.Map;

/** Whatever the bytes are, reading them ends with a table or with problems, and what was read can be written. */
class TableReaderFuzzTest {

    @FuzzTest
    void noInputThrows(byte[] document) {
        read(document, "t.yaml");
        read(document, "t.json");
        Problems problems = Problems.lenient();
        DeltaForm.read(document, problems);
        Node node = Documents.parse(document, "", Problems.strict());
        if (node != null) {
            Variables.replace(node, Map.of("A", "1"), problems);
        }
    }

    private static void read(byte[] document, String file) {
        Problems problems = Problems.strict();
        LaneTable table = TableReader.read(document, file, problems);
        assertThat(table == null).isEqualTo(!problems.isEmpty());
        if (table != null) {
            Problems none = Problems.strict();
            assertThat(TableReader.read(TableWriter.json(table), "t.json", none))
                    .isEqualTo(table);
        }
    }
}
