package io.laneway.gateway.traffic.link;

import io.laneway.gateway.runtime.config.CarrierRule;
import io.laneway.gateway.runtime.config.EntryConfig;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.link.LinkKey;
import io.laneway.router.link.LinkSigner;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneTable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A gateway whose external listener has {@code lanes: signed}, in front of an application in base and in lane f-1. */
final class SignedEdge implements AutoCloseable {

    final Upstream base = Upstream.saying("base");
    final Upstream branch = Upstream.saying("branch");
    final LinkSigner signer = LinkSigner.fresh();
    final TestGateway gateway;

    SignedEdge(@Nullable EntryConfig entry) {
        gateway = TestGateway.over(
                table(signer.key(), true),
                config -> TestGateway.with(
                        config,
                        config.listeners().stream()
                                .map(each -> each.name().equals("edge")
                                        ? each.entered(entry).with(CarrierRule.SIGNED)
                                        : each)
                                .toList()));
    }

    /** The table whose lanes have that key. */
    LaneTable table(@Nullable LinkKey key, boolean present) {
        LaneTable table = Tables.read(
                """
                carriers: {header: [trace-branch, x-lane], baggage: [trace-branch, own], host: ["app-{lane}.test", "{lane}.wild.test"]}
                lanes: [{name: f-1}, {name: f-2}]
                services:
                  - name: app
                    hosts: [app.test, "*.wild.test", "*.f-1"]
                    deployments:
                      - {lane: master, protocol: http1, endpoints: ["127.0.0.1:BASE"]}
                      - {lane: f-1, protocol: http1, endpoints: ["127.0.0.1:BRANCH"]}
                """.replace("BASE", String.valueOf(base.port())).replace("BRANCH", String.valueOf(branch.port())));
        List<Lane> lanes = table.lanes().stream()
                .filter(lane -> present || !lane.name().equals("f-1"))
                .map(lane -> lane.linkedBy(key))
                .toList();
        return new LaneTable(
                1,
                table.base(),
                table.carriers(),
                lanes,
                present ? table.services() : List.of(),
                table.routes(),
                table.shifts());
    }

    /** A key for f-1 that holds for so many seconds. */
    String key(long seconds) {
        return signer.link("f-1", Instant.now().plusSeconds(seconds));
    }

    long count(LinkOutcome outcome) {
        return gateway.plane().parts().links().all().get(0).count(outcome);
    }

    /** The last request that one of the applications got. */
    static Upstream.Request last(Upstream of) {
        return of.requests().get(of.requests().size() - 1);
    }

    /** The cookies that a response sets. */
    static List<String> cookies(RawClient.Response response) {
        return List.of(response.header("set-cookie").split(","));
    }

    @Override
    public void close() {
        gateway.close();
        base.close();
        branch.close();
    }
}
