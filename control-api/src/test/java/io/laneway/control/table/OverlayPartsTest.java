package io.laneway.control.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.store.Rows.OverlayRow;
import io.laneway.router.model.Lane;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.Policy;
import io.laneway.router.source.DeploymentSource.Overlay;
import io.laneway.router.table.delta.TableChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OverlayPartsTest {

    private static final String SOURCE = "kubernetes";

    @Test
    void aChangeOfOneServiceIsOneRowWhateverTheRest() {
        Map<Integer, Service> services = new TreeMap<>();
        for (int i = 0; i < 300; i++) {
            services.put(i, service(i, 1));
        }
        Overlay old = overlay(services);
        services.put(7, service(7, 2));

        assertThat(OverlayParts.between(old, overlay(services), SOURCE, 5))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.part()).isEqualTo("service s7.shop");
                    assertThat(row.body()).hasSizeLessThan(400);
                });
    }

    @Test
    void theRowsOfAnyChangesReadBackAsTheOverlay() {
        Random chance = new Random(3);
        Map<String, OverlayRow> stored = new TreeMap<>();
        Overlay first = overlay(Map.of(1, service(1, 1), 2, service(2, 1)));
        Overlay old = new Overlay(first.lanes(), first.services());
        stored.put("all", new OverlayRow(SOURCE, "all", 1, Bodies.overlay(old)));
        Map<Integer, Service> services = new TreeMap<>(Map.of(1, service(1, 1), 2, service(2, 1)));
        for (int step = 2; step < 60; step++) {
            int which = chance.nextInt(6);
            if (chance.nextBoolean()) {
                services.put(which, service(which, chance.nextInt(9)));
            } else {
                services.remove(which);
            }
            Overlay now = overlay(services);
            List<OverlayRow> rows = OverlayParts.between(old, now, SOURCE, step);
            rows.forEach(row -> stored.put(row.part(), row));

            assertThat(OverlayParts.with(Map.of(), new ArrayList<>(stored.values())))
                    .isEqualTo(Map.of(SOURCE, now));
            assertThat(OverlayParts.with(Map.of(SOURCE, old), rows)).isEqualTo(Map.of(SOURCE, now));
            old = now;
        }
    }

    @Test
    void whatIsEditedWithoutANamespaceStaysWithTheEldestAsOthersComeAndGo() {
        Service edited = new Service(ServiceId.of("s"), List.of("s.example"), null, List.of(), Policy.DEFAULT);
        TableObjects table = TableObjects.EMPTY.with(List.of(new TableChange.PutService(edited)));
        ServiceId shop = new ServiceId("s", "shop");
        ServiceId other = new ServiceId("s", "a");
        Overlay one = new Overlay(List.of(), List.of(bare(shop)));
        Overlay two = new Overlay(List.of(), List.of(bare(other), bare(shop)), Set.of(shop));
        TableState state = state(table, one, null);
        for (Overlay now : List.of(two, one, two)) {
            state = state(table, now, state);
            assertThat(state.published().service(shop).hosts()).containsExactly("s.example");
            assertThat(state.published().services()).hasSize(now.services().size());
        }
    }

    private static Service bare(ServiceId id) {
        return new Service(id, List.of(), null, List.of(), Policy.DEFAULT);
    }

    @Test
    void mergingAfterAChangeKeepsTheInstancesOfWhatDidNotChange() {
        Random chance = new Random(5);
        TableObjects table = TableObjects.EMPTY;
        Map<Integer, Service> services = new TreeMap<>();
        for (int i = 0; i < 20; i++) {
            services.put(i, service(i, 1));
        }
        TableState state = state(table, overlay(services), null);
        for (int step = 0; step < 200; step++) {
            int which = chance.nextInt(20);
            services.put(which, service(which, chance.nextInt(9)));
            TableState next = state(table, overlay(services), state);

            assertThat(next.published()).isEqualTo(OverlayMerge.merge(table, Map.of(SOURCE, overlay(services)), null));
            for (int i = 0; i < 20; i++) {
                ServiceId id = new ServiceId("s" + i, "shop");
                if (i / 2 != which / 2) {
                    assertThat(next.published().service(id))
                            .isSameAs(state.published().service(id));
                }
            }
            state = next;
        }
    }

    private static TableState state(TableObjects table, Overlay overlay, TableState before) {
        Map<String, Overlay> overlays = Map.of(SOURCE, overlay);
        return new TableState(1, 1, table, Map.of(), 0, overlays, OverlayMerge.merge(table, overlays, before));
    }

    private static Overlay overlay(Map<Integer, Service> services) {
        return new Overlay(
                List.of(Lane.named("f-1")),
                services.values().stream()
                        .sorted((a, b) -> a.id().compareTo(b.id()))
                        .toList(),
                services.values().stream().map(Service::id).limit(2).collect(Collectors.toSet()));
    }

    private static Service service(int number, int host) {
        Endpoint endpoint = new Endpoint("10.0.0." + host + ":80", 1, "a", true, false);
        Deployment deployment =
                new Deployment("f-1", List.of(new Port("http", 80, Protocol.AUTO, List.of(endpoint))), null);
        // Neighbours that claim one host: who has it may change with any of them.
        List<String> hosts = host % 3 == 0 ? List.of("h" + number / 2 + ".example") : List.of();
        return new Service(new ServiceId("s" + number, "shop"), hosts, null, List.of(deployment), Policy.DEFAULT);
    }
}
