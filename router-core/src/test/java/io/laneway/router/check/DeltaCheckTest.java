package io.laneway.router.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.document.tree.Problem;
import io.laneway.router.model.Lane;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.table.delta.TableDelta;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeltaCheckTest {

    private static final ServiceId ORDER = ServiceId.of("order");

    @Test
    void judgesTheDeploymentsThatAreThereAlone() {
        TableDelta delta = delta(
                put(ORDER, "f-1", "127.0.0.1:80"),
                put(ServiceId.of("ghost"), "f-9", "127.0.0.1"),
                new TableChange.RemoveDeployment(ORDER, "gone"));
        assertThat(DeltaCheck.isEnough(delta)).isTrue();
        assertThat(DeltaCheck.check(delta, "f-1"::equals, ORDER::equals))
                .extracting(Problem::toString)
                .containsExactly(
                        "changes[1].service: no service 'ghost' (expected: name or name.namespace of a service)",
                        "changes[1].deployment.lane: no lane 'f-9' (expected: the name of a lane)",
                        "changes[1].deployment.endpoints[0]: '127.0.0.1' (expected: host:port)");
    }

    @Test
    void leavesWhatCanBreakReferencesToTheWholeCheck() {
        assertThat(DeltaCheck.isEnough(delta(new TableChange.RemoveLane("f-1"))))
                .isFalse();
        assertThat(DeltaCheck.isEnough(delta(new TableChange.PutLane(Lane.named("f-1")))))
                .isFalse();
    }

    private static TableDelta delta(TableChange... changes) {
        return new TableDelta(1, 2, List.of(changes));
    }

    private static TableChange put(ServiceId service, String lane, String address) {
        return new TableChange.PutDeployment(
                service, Deployment.of(lane, Protocol.AUTO, List.of(Endpoint.at(address))));
    }
}
