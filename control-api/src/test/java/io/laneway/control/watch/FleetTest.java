package io.laneway.control.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.LargeTable;
import io.laneway.control.store.Identity;
import io.laneway.control.watch.Fleet.Sent;
import io.laneway.router.codec.DeltaForm;
import io.laneway.router.codec.TableReader;
import io.laneway.router.codec.TableWriter;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.part.Interest;
import io.laneway.router.part.TableParts;
import io.laneway.router.table.delta.TableChange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What fleets take, with the bytes of the real encoders; prints the tables of docs/concepts/scale.md. */
class FleetTest {

    private static final Identity STORE = new Identity("0a29a913-0a29-0a29-0a29-0a290a29a913", 0, List.of());
    private static final int LOOPS = 2;

    private final LaneTable table = table();

    private static LaneTable table() {
        Problems problems = Problems.strict();
        LaneTable read = TableReader.read(LargeTable.json().getBytes(StandardCharsets.UTF_8), "table", problems);
        assertThat(problems.list()).isEmpty();
        assertThat(read).isNotNull();
        return read.atRevision(1_000);
    }

    private static long snapshot(LaneTable table) {
        String json = new String(TableWriter.json(table), StandardCharsets.UTF_8);
        return EventEncoder.snapshot(STORE, table.revision(), json).length();
    }

    private static long delta(List<TableChange> changes) {
        String json = new String(DeltaForm.json(changes), StandardCharsets.UTF_8);
        return EventEncoder.delta(STORE, 1_000, 1_001, json).length();
    }

    private static List<TableChange> deployment() {
        Deployment moved = Deployment.of("f-1", Protocol.AUTO, List.of(Endpoint.at("10.0.1.2:80")));
        return List.of(new TableChange.PutDeployment(ServiceId.of("service-7"), moved));
    }

    private LaneTable part() {
        List<String> called =
                IntStream.range(0, 8).mapToObj(i -> "service-" + i * 100).toList();
        return TableParts.of(table, null).part(Interest.of(called, List.of()));
    }

    private static void line(String what, Fleet fleet, long bytes) {
        Sent sent = fleet.send(bytes);
        System.out.println(String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %.2f MB | %.2f MB | %.1f ms |",
                what,
                fleet.gateways(),
                fleet.regions(),
                sent.messages(),
                sent.bytes() / 1e6,
                sent.betweenRegions() / 1e6,
                sent.lastMicros() / 1e3));
    }

    @Test
    void printsWhatFleetsTake() {
        long whole = snapshot(table);
        long part = snapshot(part());
        long change = delta(deployment());
        long nothing = delta(List.of());
        System.out.println("whole " + whole + " part " + part + " change " + change + " nothing " + nothing);
        for (int gateways : new int[] {100, 200, 1_000, 5_000}) {
            line("change, one sender", new Fleet(gateways, 3, false, LOOPS), change);
            line("change, a sender a region", new Fleet(gateways, 3, true, LOOPS), change);
            line("change of another part, a sender a region", new Fleet(gateways, 3, true, LOOPS), nothing);
            line("all come at once, whole table, one sender", new Fleet(gateways, 3, false, LOOPS), whole);
            line("all come at once, whole table, a sender a region", new Fleet(gateways, 3, true, LOOPS), whole);
            line("all come at once, parts, a sender a region", new Fleet(gateways, 3, true, LOOPS), part);
        }
        assertThat(part * 100).isLessThan(whole);
    }

    @Test
    void bytesGrowWithTheFleetAndThoseBetweenRegionsDoNotWhereEachHasASender() {
        Sent few = new Fleet(100, 3, true, LOOPS).send(400);
        Sent many = new Fleet(5_000, 3, true, LOOPS).send(400);
        assertThat(many.bytes()).isEqualTo(50 * few.bytes());
        assertThat(many.betweenRegions()).isEqualTo(few.betweenRegions()).isEqualTo(800);
        assertThat(new Fleet(5_000, 3, false, LOOPS).send(400).betweenRegions()).isEqualTo(3_333 * 400);
    }

    @Test
    void theLastGatewayIsReachedLaterTheMoreThereAre() {
        assertThat(new Fleet(5_000, 1, false, LOOPS).send(400).lastMicros())
                .isGreaterThan(2 * new Fleet(1_000, 1, false, LOOPS).send(400).lastMicros());
        assertThat(new Fleet(5_000, 3, true, LOOPS).send(400).lastMicros())
                .isLessThan(new Fleet(5_000, 3, false, LOOPS).send(400).lastMicros());
    }
}
