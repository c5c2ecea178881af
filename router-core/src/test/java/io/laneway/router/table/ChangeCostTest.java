package io.laneway.router.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.laneway.router.model.Carriers;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneMode;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.Policy;
import io.laneway.router.table.delta.Applied;
import io.laneway.router.table.delta.EditPositions;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.table.delta.TableDelta;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What one change costs in a table of 6 000 lanes and 800 services with 30 000 deployments, counted. */
class ChangeCostTest {

    private static final int LANES = 6_000;
    private static final int SERVICES = 800;
    private static final int DEPLOYMENTS = 38;
    private static final int CHANGES = 200;

    private final TableCompiler<PublishedState, Void> compiler = new TableCompiler<>(LiveParts.PUBLISHED, null);
    private final EditPositions positions = new EditPositions();
    private CompiledTable<PublishedState, Void> running =
            compiler.compile(table(), null).table();

    private static LaneTable table() {
        List<Lane> lanes =
                IntStream.range(0, LANES).mapToObj(i -> Lane.named(lane(i))).toList();
        List<Service> services =
                IntStream.range(0, SERVICES).mapToObj(ChangeCostTest::service).toList();
        return new LaneTable(1, "master", Carriers.DEFAULT, lanes, services, List.of(), List.of());
    }

    private static String lane(int number) {
        return "lane-" + number % LANES;
    }

    private static Service service(int number) {
        List<Deployment> deployments = IntStream.range(0, DEPLOYMENTS)
                .mapToObj(i -> at(i == 0 ? "master" : lane(number * DEPLOYMENTS + i), 1))
                .toList();
        return new Service(
                ServiceId.of("s-" + number), List.of("s-" + number + ".test"), null, deployments, Policy.DEFAULT);
    }

    private static Deployment at(String lane, int host) {
        return Deployment.of(lane, Protocol.HTTP1, List.of(Endpoint.at("10.0.0." + host + ":80")));
    }

    private void apply(TableChange change) {
        TableDelta delta = new TableDelta(running.revision(), running.revision() + 1, List.of(change));
        Applied applied = delta.applyTo(running.model(), positions);
        running = compiler.compile(applied.orElseThrow(IllegalStateException::new), running)
                .table();
    }

    /** Bytes that a change allocates, on average, once the positions are known. */
    private long bytesEach(IntFunction<TableChange> changes) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        IntStream.range(0, CHANGES).forEach(i -> apply(changes.apply(i)));
        long before = threads.getCurrentThreadAllocatedBytes();
        IntStream.range(CHANGES, 2 * CHANGES).forEach(i -> apply(changes.apply(i)));
        return (threads.getCurrentThreadAllocatedBytes() - before) / CHANGES;
    }

    @Test
    void aDeploymentCostsItsServiceAndArraysOfReferences() {
        assertThat(bytesEach(i -> new TableChange.PutDeployment(ServiceId.of("s-" + i), at("master", i % 250))))
                .isLessThan(32 << 10);
    }

    @Test
    void aLaneCostsArraysOfReferences() {
        assertThat(bytesEach(i -> new TableChange.PutLane(described(lane(i * 7)))))
                .isLessThan(256 << 10);
    }

    @Test
    void whatNoChangeTouchesStaysTheSameObjects() {
        CompiledTable<PublishedState, Void> before = running;
        apply(new TableChange.PutDeployment(ServiceId.of("s-7"), at("master", 2)));
        for (int i = 0; i < SERVICES; i++) {
            if (i != 7) {
                assertThat(running.service(i)).isSameAs(before.service(i));
            }
        }
        ServiceEntry<PublishedState, Void> changed = running.service(7);
        assertThat(changed.deployment(0)).isNotSameAs(before.service(7).deployment(0));
        for (int i = 1; i < DEPLOYMENTS; i++) {
            assertThat(changed.deployment(i)).isSameAs(before.service(7).deployment(i));
        }
        assertThat(running.lanes()).isSameAs(before.lanes());
        assertThat(running.hosts()).isSameAs(before.hosts());
        assertThat(running.routes()).isSameAs(before.routes());
        assertThat(running.places()).isSameAs(before.places());
        apply(new TableChange.PutLane(described(lane(3))));
        assertThat(running.service(7)).isSameAs(changed);
        for (int i = 0; i < LANES; i++) {
            LaneEntry was = before.lane(lane(i));
            LaneEntry is = running.lane(lane(i));
            assertThat(is == was).isEqualTo(i != 3);
        }
    }

    private static Lane described(String name) {
        return new Lane(
                name,
                null,
                LaneMode.STRICT,
                "changed",
                null,
                false,
                Lane.named(name).state());
    }
}
