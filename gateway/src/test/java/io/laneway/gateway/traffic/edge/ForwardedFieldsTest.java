package io.laneway.gateway.traffic.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.DownstreamPeer;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedFieldsTest {

    private final RequestHead head = new RequestHead();
    private final OriginalRequest original = new OriginalRequest();

    @Test
    void believesNoHeaderWithoutTrustedHops() {
        read(0, "x-forwarded-for: 6.6.6.6", "x-forwarded-proto: https", "x-forwarded-host: evil.test");

        assertThat(original.source().toString()).isEqualTo("127.0.0.1");
        assertThat(original.secure()).isFalse();
        assertThat(original.host().toString()).isEqualTo("a.test");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Forwarded: for=6.6.6.6;proto=https",
                "X-Forwarded-For: 6.6.6.6",
                "x-forwarded-port: 443",
                "X-FORWARDED-PREFIX: /admin",
                "X-Forwarded-Server: evil",
                "X-Forwarded-Scheme: https",
                "X-Forwarded-Ssl: on",
                "X-Forwarded-Whatever: 1",
                "X-Forwarded: for=6.6.6.6",
                "X-Real-IP: 6.6.6.6",
                "X-Original-URL: /admin",
                "X-Original-Forwarded-For: 6.6.6.6",
                "x-original-host: evil.test",
                "Front-End-Https: on",
                "X-Rewrite-Url: /admin",
                "True-Client-IP: 6.6.6.6",
                "WL-Proxy-Client-IP: 6.6.6.6",
                "X-Remote-Addr: 6.6.6.6",
                "X-Host: evil.example",
                "Proxy: http://evil.example",
                "X-Envoy-Internal: true",
                "X-Client-IP: 6.6.6.6",
                "X-Url-Scheme: https",
                "CF-Connecting-IP: 6.6.6.6",
                "Cf-Visitor: {\"scheme\":\"https\"}",
                "Fastly-Client-IP: 6.6.6.6",
                "CloudFront-Viewer-Address: 6.6.6.6:1",
                "Fly-Client-IP: 6.6.6.6",
                "X-Azure-ClientIP: 6.6.6.6",
                "X-AppEngine-User-IP: 6.6.6.6",
                "X-SSL-Client-Cert: evil",
                "X-SSL-Client-S-DN: CN=evil",
                "SSL-Client-Verify: SUCCESS",
                "Client-Cert: :ZXZpbA==:",
                "Client-Cert-Chain: :ZXZpbA==:",
                "X-Client-Cert: evil",
                "X-ARR-ClientCert: evil",
                "X-Amzn-Mtls-Clientcert-Leaf: evil",
                "WL-Proxy-Client-Cert: evil",
                "X-Script-Name: /evil",
                "Script-Name: /evil",
                "Path-Info: /evil",
                "X-Sendfile-Type: x-accel-redirect",
                "HTTPS: on",
                "X-Envoy-Original-Dst-Host: 10.0.0.1:22",
                "X-Envoy-Decorator-Operation: evil",
            })
    void takesOffWhatAStrangerSaysAndKeepsItBehindProxiesOfOurs(String line) {
        read(0, line);
        assertThat(left(name(line))).isEmpty();

        if (!line.startsWith("X-Forwarded-For")) {
            read(1, line, "x-forwarded-for: 192.0.2.7");
            assertThat(left(name(line))).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-forward: 1",
                "x-origin: 1",
                "x-originals: 1",
                "x-realip-x: 1",
                "x-for: 1",
                "forward: 1",
                "x-ssl-cl: 1",
                "cf: 1",
                "x-env: 1",
                "client: 1",
                "cf-ray: 1",
                "x-: 1"
            })
    void leavesOtherNamesAlone(String line) {
        read(0, line);

        assertThat(left(name(line))).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 | 6.6.6.6, 192.0.2.7           | 192.0.2.7   | 192.0.2.7
            2 | 6.6.6.6, 192.0.2.7,192.0.2.8 | 192.0.2.7   | 192.0.2.7,192.0.2.8
            1 | 2001:db8::7                  | 2001:db8::7 | 2001:db8::7
            1 | 6.6.6.6, [2001:db8::7]:4711  | 2001:db8::7 | [2001:db8::7]:4711
            1 | 192.0.2.7:4711               | 192.0.2.7   | 192.0.2.7:4711
            1 | fe80::7%eth0                 | fe80::7     | fe80::7%eth0
            1 | [fe80::7%25eth0]:4711        | fe80::7     | [fe80::7%25eth0]:4711
            3 | 6.6.6.6, 192.0.2.7           | 127.0.0.1   | ''
            1 | 6.6.6.6, unknown             | 127.0.0.1   | ''
            1 | 6.6.6.6,                     | 127.0.0.1   | ''
            1 | 6.6.6.6, 443                 | 127.0.0.1   | ''
            1 | ''                           | 127.0.0.1   | ''
            """)
    void theSourceIsTheFirstEntryThatIsPassedOn(int hops, String value, String source, String passedOn) {
        read(hops, "x-forwarded-for: " + value);

        assertThat(original.source().toString()).isEqualTo(source);
        assertThat(left("x-forwarded-for")).isEqualTo(passedOn);
    }

    @Test
    void countsEntriesOverSeveralLines() {
        read(1, "x-forwarded-for: 6.6.6.6", "x-forwarded-for: 192.0.2.7");
        assertThat(original.source().toString()).isEqualTo("192.0.2.7");
        assertThat(left("x-forwarded-for")).isEqualTo("192.0.2.7");
        read(2, "x-forwarded-for: 6.6.6.6, 192.0.2.7", "x-forwarded-for: 192.0.2.8");
        assertThat(original.source().toString()).isEqualTo("192.0.2.7");
        assertThat(left("x-forwarded-for")).isEqualTo("192.0.2.7, 192.0.2.8");
        read(3, "x-forwarded-for: 6.6.6.6, 192.0.2.7", "x-forwarded-for: 192.0.2.8");
        assertThat(original.source().toString()).isEqualTo("6.6.6.6");
        assertThat(left("x-forwarded-for")).isEqualTo("6.6.6.6, 192.0.2.7|192.0.2.8");
    }

    @Test
    void takesSchemeAndHostOfTheClientFromProxiesOfOurs() {
        read(2, "x-forwarded-proto: http, HTTPS, http", "x-forwarded-host: evil.test, shop.test:8443, inner.test");
        assertThat(original.secure()).isTrue();
        assertThat(original.host().toString()).isEqualTo("shop.test:8443");

        read(2, "x-forwarded-proto: https", "x-forwarded-host: shop.test");
        assertThat(original.secure()).isTrue();
        assertThat(original.host().toString()).isEqualTo("shop.test");

        read(1, "x-forwarded-proto: gopher", "x-forwarded-host: a b");
        assertThat(original.secure()).isFalse();
        assertThat(original.host().toString()).isEqualTo("a.test");
    }

    @Test
    void saysTheRealIpAgain() {
        read(1, "x-forwarded-for: 6.6.6.6, 192.0.2.7", "x-real-ip: 6.6.6.6");

        assertThat(left("x-real-ip")).isEqualTo("192.0.2.7");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            1 | for=6.6.6.6, for=192.0.2.7          | for=192.0.2.7
            2 | for=6.6.6.6,for=192.0.2.7;by=a,for=b | for=192.0.2.7;by=a,for=b
            1 | for=192.0.2.7                       | for=192.0.2.7
            2 | for=192.0.2.7                       | for=192.0.2.7
            1 | for="a,b\\",c", for="[2001:db8::7]"  | for="[2001:db8::7]"
            1 | for="6.6.6.6, for=192.0.2.7         | ``
            """)
    void cutsForwardedToTheElementsOfProxiesOfOurs(int hops, String value, String passedOn) {
        read(hops, "forwarded: " + value);

        assertThat(left("forwarded")).isEqualTo(passedOn);
    }

    private void read(int hops, String... lines) {
        head.clear(1024);
        head.start("GET", "/", "a.test");
        for (String line : lines) {
            head.lines()
                    .add(
                            HeaderName.of(name(line)),
                            line.substring(line.indexOf(':') + 1).strip());
        }
        DownstreamPeer client =
                new DownstreamPeer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711), false, null);
        new ForwardedFields(hops, true).settle(head, client, original);
    }

    private static String name(String line) {
        return line.substring(0, line.indexOf(':'));
    }

    private String left(String name) {
        StringBuilder left = new StringBuilder();
        Slice value = new Slice();
        for (int n = 0; head.header(HeaderName.of(name), n, value); n++) {
            left.append(n == 0 ? "" : "|").append(value);
        }
        return left.toString();
    }
}
