package io.laneway.gateway.upstream.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AddressesTest {

    private final Addresses addresses = new Addresses();
    private final SplittableRandom random = new SplittableRandom(1);

    private static List<InetAddress> ips(String... texts) {
        return Stream.of(texts)
                .map(text -> {
                    try {
                        return InetAddress.getByName(text);
                    } catch (UnknownHostException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }

    @Test
    void familiesComeByTurnsAndIpv6First() {
        List<InetAddress> all = ips("127.0.0.1", "::1", "::2", "127.0.0.2", "127.0.0.3");
        List<InetAddress> ordered = addresses.order(all, random, 0);
        assertThat(ordered).containsExactlyInAnyOrderElementsOf(all);
        assertThat(ordered.stream().map(each -> each.getAddress().length)).containsExactly(16, 4, 16, 4, 4);
    }

    @Test
    void loadSpreadsOverAFamily() {
        List<InetAddress> all = ips("127.0.0.1", "127.0.0.2", "127.0.0.3");
        Set<InetAddress> firsts = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            firsts.add(addresses.order(all, random, 0).get(0));
        }
        assertThat(firsts).hasSize(3);
    }

    @Test
    void whatFailedComesLastForAWhileUnlessItTakesAConnection() {
        List<InetAddress> all = ips("::1", "127.0.0.1", "127.0.0.2");
        addresses.failed(all.get(0), 10);
        addresses.failed(all.get(1), 5);
        assertThat(addresses.order(all, random, 20)).containsExactly(all.get(2), all.get(1), all.get(0));
        assertThat(addresses.order(all, random, 7 + Addresses.MEMORY)).endsWith(all.get(0));
        addresses.took(all.get(0));
        assertThat(addresses.order(all, random, 20)).startsWith(all.get(0)).endsWith(all.get(1));
    }

    @Test
    void anAddressIsGoneWhenItsNameDoesNotSayItAnyMore() {
        assertThat(addresses.now(ips("127.0.0.1", "127.0.0.2"))).isFalse();
        assertThat(addresses.now(ips("127.0.0.2", "127.0.0.1"))).isFalse();
        assertThat(addresses.now(ips("127.0.0.2"))).isTrue();
        assertThat(addresses.gone(ips("127.0.0.1").get(0))).isTrue();
        assertThat(addresses.gone(ips("127.0.0.2").get(0))).isFalse();
    }
}
