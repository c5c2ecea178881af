package io.laneway.router.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Service;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.table.delta.TableDelta;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableWriterTest {

    private static final int TABLES = 500;

    private final Problems problems = Problems.strict();

    @Test
    void whatIsWrittenAsJsonIsReadBackEqual() {
        for (long seed = 0; seed < TABLES; seed++) {
            LaneTable table = new RandomTables(seed).table();
            LaneTable read = TableReader.read(TableWriter.json(table), "t.json", problems);
            assertThat(problems.list()).as("seed %d", seed).isEmpty();
            assertThat(read).as("seed %d", seed).isEqualTo(table);
        }
    }

    @Test
    void whatIsWrittenAsYamlIsReadBackEqual() {
        for (long seed = 0; seed < TABLES; seed++) {
            LaneTable table = new RandomTables(seed).table();
            byte[] yaml = TableWriter.yaml(table).getBytes(StandardCharsets.UTF_8);
            LaneTable read = TableReader.read(yaml, "t.yaml", problems);
            assertThat(problems.list()).as("seed %d", seed).isEmpty();
            assertThat(read).as("seed %d", seed).isEqualTo(table);
        }
    }

    @Test
    void equalTablesMakeEqualBytes() {
        LaneTable one = new RandomTables(7).table();
        LaneTable other = new RandomTables(7).table();
        assertThat(TableWriter.json(one)).isEqualTo(TableWriter.json(other));
    }

    @Test
    void leavesDefaultsOutButAlwaysSaysWhichRevisionItIs() {
        assertThat(new String(TableWriter.json(Lane.named("f-1")), StandardCharsets.UTF_8))
                .isEqualTo("{\"name\":\"f-1\"}");
        assertThat(new String(TableWriter.json(LaneTable.EMPTY), StandardCharsets.UTF_8))
                .isEqualTo("{\"schema\":1,\"revision\":0,\"base\":\"master\",\"lanes\":[],\"services\":[],"
                        + "\"routes\":[],\"shifts\":[]}");
    }

    @Test
    void yamlIsWrittenTheWayPeopleWriteIt() {
        String yaml = TableWriter.yaml("""
                {"name":"order","hosts":["*.example.com"],"deployments":[{"lane":"f-1","endpoints":["127.0.0.1:80"]}],
                 "environments":[{"lane":"true","slots":[[0,9],[20,29]]}],"policy":{}}
                """.getBytes(StandardCharsets.UTF_8));
        assertThat(yaml).isEqualTo("""
                name: order
                hosts: ["*.example.com"]
                deployments:
                  - lane: f-1
                    endpoints: ["127.0.0.1:80"]
                environments:
                  - lane: "true"
                    slots: [[0, 9], [20, 29]]
                policy: {}
                """);
    }

    @Test
    void deltasAreReadBackEqual() {
        for (long seed = 0; seed < 100; seed++) {
            TableDelta delta = new TableDelta(11, 12, changes(new RandomTables(seed).table()));
            assertThat(DeltaForm.read(DeltaForm.json(delta), problems)).isEqualTo(delta);
            assertThat(problems.list()).isEmpty();
        }
    }

    @Test
    void aChangeSaysWhatItPutsOrRemovesUnderItsOwnName() {
        TableDelta delta = new TableDelta(
                1, 2, List.of(new TableChange.PutLane(Lane.named("a")), new TableChange.RemoveLane("b")));
        assertThat(new String(DeltaForm.json(delta), StandardCharsets.UTF_8))
                .isEqualTo("{\"from\":1,\"revision\":2,\"changes\":[{\"put\":\"lane\",\"lane\":{\"name\":\"a\"}},"
                        + "{\"remove\":\"lane\",\"lane\":\"b\"}]}");
    }

    @Test
    void changesThatANewerProgramMadeAreLeftOutWithAWarning() {
        Problems lenient = Problems.lenient();
        byte[] json =
                "{\"from\":1,\"revision\":2,\"changes\":[{\"put\":\"moon\",\"moon\":{}},{\"put\":\"base\",\"base\":\"G2\",\"x\":1}]}"
                        .getBytes(StandardCharsets.UTF_8);
        TableDelta delta = DeltaForm.read(json, lenient);
        assertThat(delta.changes()).containsExactly(new TableChange.SetBase("G2"));
        assertThat(lenient.warnings()).hasSize(2);
        assertThat(DeltaForm.read(json, problems)).isNull();
    }

    private static List<TableChange> changes(LaneTable table) {
        List<TableChange> changes = new ArrayList<>();
        table.lanes().forEach(lane -> changes.add(new TableChange.PutLane(lane)));
        for (Service service : table.services()) {
            changes.add(new TableChange.PutService(service));
            service.deployments().forEach(one -> changes.add(new TableChange.PutDeployment(service.id(), one)));
            changes.add(new TableChange.RemoveDeployment(service.id(), "f"));
            changes.add(new TableChange.RemoveService(service.id()));
        }
        table.shifts().forEach(shift -> changes.add(new TableChange.PutShift(shift)));
        changes.add(new TableChange.SetRoutes(table.routes()));
        changes.add(new TableChange.SetCarriers(table.carriers()));
        changes.add(new TableChange.SetBase(table.base()));
        changes.add(new TableChange.RemoveLane("f"));
        changes.add(new TableChange.RemoveShift("s"));
        return changes;
    }
}
