package io.laneway.gateway.runtime.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names by a hosts file and a name server of the test's own. */
class SystemNamesIT {

    private static final int LONG = 3600;

    @TempDir
    private Path directory;

    private Path hosts;
    private Path resolver;
    private FakeDns dns = new FakeDns(LONG);
    private SystemNames names;

    @BeforeEach
    void files() throws IOException {
        hosts = Files.writeString(directory.resolve("hosts"), "127.0.0.9 other\n");
        resolver = Files.writeString(directory.resolve("resolv.conf"), "nameserver 127.0.0.1\n");
        open(dns);
    }

    private void open(FakeDns by) {
        if (names != null) {
            names.close();
        }
        names = new SystemNames(hosts, resolver, by.port());
    }

    @AfterEach
    void close() {
        names.close();
        dns.close();
    }

    private static InetAddress ip(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<InetAddress> found(String host) {
        return names.addresses(host).orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Test
    void findsBothFamiliesOfANameInDnsAndKeepsThemForTheirTtl() {
        dns.says("order.test", ip("127.0.0.2"), ip("127.0.0.3"), ip("::1"));
        assertThat(found("order.test")).containsExactlyInAnyOrder(ip("127.0.0.2"), ip("127.0.0.3"), ip("::1"));
        int asked = dns.asked().size();
        dns.says("order.test", ip("127.0.0.4"));
        assertThat(found("order.test")).hasSize(3);
        assertThat(dns.asked()).hasSize(asked);
    }

    @Test
    void followsAChangeInDnsAfterItsTtl() {
        try (FakeDns brief = new FakeDns(1)) {
            open(brief);
            brief.says("order.test", ip("127.0.0.2"));
            assertThat(found("order.test")).containsExactly(ip("127.0.0.2"));
            brief.says("order.test", ip("127.0.0.3"));
            await().untilAsserted(() -> assertThat(found("order.test")).containsExactly(ip("127.0.0.3")));
        }
    }

    @Test
    void theHostsFileComesFirstAndIsFollowed() throws IOException {
        dns.says("order.test", ip("127.0.0.2"));
        Files.writeString(hosts, "127.0.0.1 order.test alias # a comment\n::1 Order.Test\n");
        assertThat(found("order.test")).containsExactlyInAnyOrder(ip("127.0.0.1"), ip("::1"));
        assertThat(found("ALIAS")).containsExactly(ip("127.0.0.1"));
        assertThat(dns.asked()).isEmpty();

        Files.writeString(hosts, "127.0.0.5 order.test\n");
        await().untilAsserted(() -> assertThat(found("order.test")).containsExactly(ip("127.0.0.5")));

        Files.writeString(hosts, "");
        await().untilAsserted(() -> assertThat(found("order.test")).containsExactly(ip("127.0.0.2")));
    }

    @Test
    void completesNamesByTheSearchDomainsAndNdots() throws IOException {
        Files.writeString(resolver, "search shop.svc.test svc.test\noptions ndots:2\nnameserver 127.0.0.1\n");
        dns.says("order.svc.test", ip("127.0.0.2"));
        dns.says("pay.other.svc.test", ip("127.0.0.3"));
        dns.says("a.b.c", ip("127.0.0.4"));
        assertThat(found("order")).containsExactly(ip("127.0.0.2"));
        assertThat(dns.asked()).contains("order.shop.svc.test.");
        assertThat(found("pay.other")).containsExactly(ip("127.0.0.3"));
        assertThat(found("a.b.c")).containsExactly(ip("127.0.0.4"));
        assertThat(dns.asked()).doesNotContain("a.b.c.shop.svc.test.", "pay.other.");
    }

    @Test
    void aNameThatNobodyKnowsFailsAndIsFoundWhenItAppears() {
        assertThatThrownBy(() -> found("late.test")).isInstanceOf(CompletionException.class);
        dns.says("late.test", ip("127.0.0.2"));
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(found("late.test")).containsExactly(ip("127.0.0.2")));
    }

    @Test
    void aServerThatDoesNotAnswerIsFollowedByTheNext() throws IOException {
        Files.writeString(resolver, "nameserver 127.0.0.77\nnameserver 127.0.0.1\n");
        dns.says("order.test", ip("127.0.0.2"));
        assertThat(found("order.test")).containsExactly(ip("127.0.0.2"));
    }

    @Test
    void localhostIsThisMachineThoughNoFileSaysSo() {
        assertThat(found("localhost")).contains(ip("127.0.0.1"));
        assertThat(dns.asked()).isEmpty();
    }
}
