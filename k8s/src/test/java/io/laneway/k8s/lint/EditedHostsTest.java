package io.laneway.k8s.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.k8s.finding.Finding;
import io.laneway.k8s.host.HostClaim;
import io.laneway.k8s.host.HostOwners;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.Policy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EditedHostsTest {

    private static final HostOwners OWNERS = new HostOwners(Map.of("pay.example", claim("pay.example")));

    @Test
    void aHostThatWasEditedForAnotherServiceIsSaidOfTheServiceThatClaimsIt() {
        assertThat(EditedHosts.findings(table("shop.shop", "Pay.Example"), OWNERS))
                .extracting(Finding::toString)
                .containsExactly("shop/pay: host_taken: host 'pay.example' is already that of service shop.shop, as the"
                        + " lane table was edited (expected: a host that no other has)");
        assertThat(EditedHosts.findings(table("pay.other", "pay.example"), OWNERS))
                .hasSize(1);
    }

    @Test
    void aHostThatWasEditedForTheServiceItselfOrForNobodyIsNot() {
        assertThat(EditedHosts.findings(table("pay.shop", "pay.example"), OWNERS))
                .isEmpty();
        assertThat(EditedHosts.findings(table("pay", "pay.example"), OWNERS)).isEmpty();
        assertThat(EditedHosts.findings(table("shop", "shop.example"), OWNERS)).isEmpty();
        assertThat(EditedHosts.findings(table("shop", "pay.example"), HostOwners.NONE))
                .isEmpty();
    }

    private static HostClaim claim(String host) {
        return new HostClaim(host, ServiceId.parse("pay.shop"), "shop/pay", "2026-11-01T00:00:00Z");
    }

    private static LaneTable table(String service, String host) {
        return new LaneTable(
                1,
                "master",
                LaneTable.EMPTY.carriers(),
                List.of(),
                List.of(new Service(ServiceId.parse(service), List.of(host), null, List.of(), Policy.DEFAULT)),
                List.of(),
                List.of());
    }
}
