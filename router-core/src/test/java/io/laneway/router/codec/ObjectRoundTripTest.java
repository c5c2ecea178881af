package io.laneway.router.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.document.Documents;
import io.laneway.router.document.fields.NodeReader;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Service;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Each object by itself is read back as it was written, and says of its own what is wrong with it. */
class ObjectRoundTripTest {

    private static final int TABLES = 200;

    private static <T> void check(
            Function<LaneTable, List<T>> objects, Function<T, byte[]> writer, NodeReader<T> reader) {
        int checked = 0;
        for (long seed = 0; seed < TABLES; seed++) {
            for (T object : objects.apply(new RandomTables(seed).table())) {
                Problems problems = Problems.strict();
                byte[] json = writer.apply(object);
                Node node = Documents.parseJson(json, problems);
                assertThat(reader.read(node, problems))
                        .as("seed %d: %s", seed, new String(json, StandardCharsets.UTF_8))
                        .isEqualTo(object);
                assertThat(problems.list()).isEmpty();
                assertThat(writer.apply(reader.read(node, problems))).isEqualTo(json);
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(100);
    }

    @Test
    void lanes() {
        check(LaneTable::lanes, TableWriter::json, TableReader::lane);
    }

    @Test
    void services() {
        check(LaneTable::services, TableWriter::json, TableReader::service);
    }

    @Test
    void deployments() {
        check(
                table -> table.services().stream()
                        .flatMap(one -> one.deployments().stream())
                        .toList(),
                TableWriter::json,
                TableReader::deployment);
    }

    @Test
    void policies() {
        check(table -> table.services().stream().map(Service::policy).toList(), TableWriter::json, TableReader::policy);
    }

    @Test
    void routes() {
        check(LaneTable::routes, TableWriter::json, TableReader::route);
    }

    @Test
    void shifts() {
        check(LaneTable::shifts, TableWriter::json, TableReader::shift);
    }

    @Test
    void carriers() {
        check(table -> List.of(table.carriers()), TableWriter::json, TableReader::carriers);
    }
}
