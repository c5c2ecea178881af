package io.laneway.gateway.runtime.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResolverConfigTest {

    @Test
    void readsWhatTheFileOfAPodSays() throws UnknownHostException {
        ResolverConfig config = ResolverConfig.parse(List.of(
                "# made by the kubelet",
                "search shop.svc.cluster.local svc.cluster.local cluster.local.",
                "nameserver 10.96.0.10 ; the cluster's",
                "nameserver fd00::10",
                "nameserver not-an-address-at-all.invalid",
                "options ndots:5 timeout:2 rotate"));
        assertThat(config.servers())
                .containsExactly(InetAddress.getByName("10.96.0.10"), InetAddress.getByName("fd00::10"));
        assertThat(config.search()).containsExactly("shop.svc.cluster.local", "svc.cluster.local", "cluster.local");
        assertThat(config.ndots()).isEqualTo(5);
        assertThat(config.rotate()).isTrue();
    }

    @Test
    void theLastOfDomainAndSearchCounts() {
        assertThat(ResolverConfig.parse(List.of("search a.test b.test", "domain c.test"))
                        .search())
                .containsExactly("c.test");
    }

    @Test
    void aMissingFileMeansAServerOnThisMachine() {
        ResolverConfig config = ResolverConfig.read(Path.of("/nowhere/resolv.conf"));
        assertThat(config.servers()).containsExactly(InetAddress.getLoopbackAddress());
        assertThat(config.search()).isEmpty();
        assertThat(config.ndots()).isEqualTo(1);
    }
}
