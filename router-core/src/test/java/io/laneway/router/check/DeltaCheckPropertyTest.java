package io.laneway.router.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.codec.RandomTables;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.table.delta.Applied;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.table.delta.TableDelta;
import io.laneway.router.text.Slug;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is found in a delta alone is what is found in the whole table that it leads to. */
class DeltaCheckPropertyTest {

    private final Random random = new Random(81);

    private String lane(LaneTable table) {
        return random.nextInt(5) == 0
                ? "gone"
                : table.lanes().get(random.nextInt(table.lanes().size())).name();
    }

    private ServiceId service(LaneTable table) {
        return table.services().isEmpty()
                ? ServiceId.of("ghost")
                : table.services().get(random.nextInt(table.services().size())).id();
    }

    private Port port(int i) {
        String address = List.of("10.0.0.1:80", "[::1]:1", "host", "host:0", "a b:80", "host:99999", "")
                .get(random.nextInt(3) > 0 ? random.nextInt(2) : random.nextInt(7));
        int number = random.nextInt(4) == 0 ? Port.ANY : 80 + random.nextInt(3);
        return new Port("p" + i, number, Protocol.AUTO, List.of(Endpoint.at(address)));
    }

    private TableChange change(LaneTable table, ServiceId service) {
        if (random.nextInt(4) == 0) {
            return new TableChange.RemoveDeployment(service, lane(table));
        }
        List<Port> ports = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            ports.add(port(i));
        }
        return new TableChange.PutDeployment(service, new Deployment(lane(table), ports, null));
    }

    private static List<String> texts(List<Problem> problems) {
        return problems.stream()
                .map(problem -> problem.what() + " (" + problem.expected() + ")")
                .sorted()
                .toList();
    }

    private static boolean has(LaneTable table, String lane) {
        String slug = Slug.of(lane);
        return slug.equals(Slug.of(table.base()))
                || table.lanes().stream().anyMatch(one -> Slug.of(one.name()).equals(slug));
    }

    @Test
    void aDeltaOfDeploymentsIsJudgedAsTheTableThatItLeadsTo() {
        int wrong = 0;
        int right = 0;
        for (long seed = 0; seed < 3_000; seed++) {
            LaneTable table = new RandomTables(seed).table();
            assertThat(TableCheck.check(table)).as("seed %d", seed).isEmpty();
            ServiceId service = service(table);
            // One deployment a delta: of two for one lane the table keeps the second alone.
            TableDelta delta = new TableDelta(table.revision(), table.revision() + 1, List.of(change(table, service)));
            assertThat(DeltaCheck.isEnough(delta)).isTrue();
            List<Problem> found = DeltaCheck.check(
                    delta,
                    lane -> has(table, lane),
                    id -> table.services().stream().anyMatch(one -> one.id().equals(id)));

            if (delta.applyTo(table) instanceof Applied.Changed changed) {
                assertThat(texts(found))
                        .as("seed %d: %s", seed, delta)
                        .isEqualTo(texts(TableCheck.check(changed.table())));
            } else {
                assertThat(found).as("seed %d: %s", seed, delta).isNotEmpty();
            }
            wrong += found.isEmpty() ? 0 : 1;
            right += found.isEmpty() ? 1 : 0;
        }
        assertThat(wrong).isGreaterThan(300);
        assertThat(right).isGreaterThan(300);
    }
}
