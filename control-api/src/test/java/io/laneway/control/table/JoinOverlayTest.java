package io.laneway.control.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.Policy;
import io.laneway.router.source.DeploymentSource.Overlay;
import io.laneway.router.source.JoinAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class JoinOverlayTest {

    private static final ServiceId ORDER = ServiceId.of("order");

    private static Overlay overlay(List<Lane> lanes, String lane, String address) {
        Deployment deployment = Deployment.of(lane, Protocol.AUTO, List.of(Endpoint.at(address)));
        return new Overlay(lanes, List.of(new Service(ORDER, List.of(), null, List.of(deployment), Policy.DEFAULT)));
    }

    private static TableObjects table() {
        return OverlayMerge.merge(
                TableObjects.of(LaneTable.EMPTY),
                Map.of("kubernetes", overlay(List.of(Lane.named("f-1")), "f-1", "10.0.0.1:80")),
                null);
    }

    private static String address(TableObjects merged, String lane) {
        Service service = Objects.requireNonNull(merged.service(ORDER));
        Deployment deployment = JoinOverlay.deployment(service, lane);
        return deployment == null ? "" : JoinOverlay.address(deployment);
    }

    @Test
    void whatJoinedTakesThePlaceOfWhatIsThereAndTheLaterOneOfTwo() {
        Map<String, Overlay> joins = Map.of(
                JoinOverlay.source("a"), overlay(List.of(), "f-1", JoinAddress.of("2", 8080)),
                JoinOverlay.source("b"), overlay(List.of(), "f-1", JoinAddress.of("1", 8080)));

        TableObjects merged = OverlayMerge.merge(table(), joins, null);

        assertThat(address(merged, "f-1")).isEqualTo("2.join.laneway.invalid:8080");
        assertThat(Objects.requireNonNull(merged.service(ORDER)).deployments()).hasSize(1);
    }

    /** As {@code services get} shows it and {@code services apply} sends it back. */
    @Test
    void aServiceThatIsSentBackKeepsWhatWasEdited() {
        Overlay dev = overlay(List.of(Lane.named("dev")), "dev", JoinAddress.of("1", 8080));
        Map<String, Overlay> joins = Map.of(
                JoinOverlay.source("a"),
                overlay(List.of(), "f-1", JoinAddress.of("2", 8080)),
                JoinOverlay.source("b"),
                dev);
        Service edited = table().service(ORDER);
        Service shown =
                Objects.requireNonNull(OverlayMerge.merge(table(), joins, null).service(ORDER));
        assertThat(shown.deployments()).hasSize(2);

        assertThat(JoinOverlay.wanted(shown, edited)).isEqualTo(edited);
        assertThat(JoinOverlay.wanted(shown, null).deployments()).isEmpty();
    }

    @Test
    void aLaneOfAJoinIsThereAndAServiceThatTheTableDoesNotHaveIsNot() {
        Overlay own = overlay(List.of(Lane.named("dev")), "dev", JoinAddress.of("1", 8080));

        TableObjects merged = OverlayMerge.merge(table(), Map.of(JoinOverlay.source("a"), own), null);

        assertThat(merged.lane("dev")).isNotNull();
        assertThat(address(merged, "dev")).isEqualTo("1.join.laneway.invalid:8080");
        TableObjects none =
                OverlayMerge.merge(TableObjects.of(LaneTable.EMPTY), Map.of(JoinOverlay.source("a"), own), null);
        assertThat(none.services()).isEmpty();
    }

    @Test
    void anAddressOfAJoinIsKnownAndOthersAreNone() {
        assertThat(JoinAddress.id("0abc.JOIN.laneway.invalid:80")).isEqualTo("0abc");
        assertThat(JoinAddress.id("10.0.0.1:80")).isNull();
        assertThat(JoinAddress.id("a.b.join.laneway.invalid:80")).isNull();
        assertThat(JoinAddress.id("../x.join.laneway.invalid:80")).isNull();
    }
}
