package io.laneway.gateway.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.Address;
import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.gateway.runtime.config.LimitsConfig;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.runtime.config.PathConfig;
import io.laneway.gateway.runtime.config.PathConfig.EncodedSlashes;
import io.laneway.gateway.runtime.config.PathConfig.Underscores;
import io.laneway.gateway.runtime.config.Trust;
import io.laneway.gateway.runtime.config.UnknownHost;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.router.model.service.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * The gateway that the corpus runs against, before two endpoints that note down what they see: service {@code a} in the
 * base lane and in {@code f-1}. Its listeners are those that {@code corpus/README.md} lists.
 */
final class CorpusGateway implements AutoCloseable {

    private static final PathConfig PLAIN = PathConfig.DEFAULT;

    /** What the gateway adds to every request of a stranger; shown in no case unless it is other than usual. */
    private static final List<Pattern> USUAL = List.of(
            Pattern.compile("x-laneway-hops: 1\n"),
            Pattern.compile("x-forwarded-for: 127\\.0\\.0\\.1\n"),
            Pattern.compile("x-forwarded-proto: http\n"),
            Pattern.compile("x-request-id: [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\n"));

    private final RecordingEndpoint base = new RecordingEndpoint();
    private final RecordingEndpoint branch = new RecordingEndpoint();
    private final TestGateway gateway;

    CorpusGateway() {
        gateway = TestGateway.over(
                new Tables()
                        .protocol(Protocol.HTTP1)
                        .lane("f-1")
                        .service("a", "master", base.port())
                        .service("a", "f-1", branch.port())
                        .build(),
                CorpusGateway::settings);
    }

    private static GatewayConfig settings(GatewayConfig config) {
        List<ListenerConfig> listeners = List.of(
                listener("edge", Trust.EXTERNAL, true, false, 0, PLAIN),
                listener("prod", Trust.EXTERNAL, false, false, 0, PLAIN),
                listener("inside", Trust.INTERNAL, true, false, 0, PLAIN),
                listener("hops", Trust.EXTERNAL, true, false, 1, PLAIN),
                listener("proxied", Trust.EXTERNAL, true, true, 0, PLAIN),
                listener("raw", Trust.EXTERNAL, true, false, 0, paths(false, false, EncodedSlashes.KEEP)),
                listener("merge", Trust.EXTERNAL, true, false, 0, paths(true, true, EncodedSlashes.DECODE)),
                listener(
                        "strict",
                        Trust.EXTERNAL,
                        true,
                        false,
                        0,
                        new PathConfig(true, false, EncodedSlashes.REJECT, Underscores.REJECT)),
                listener(
                        "drop",
                        Trust.EXTERNAL,
                        true,
                        false,
                        0,
                        new PathConfig(true, false, EncodedSlashes.KEEP, Underscores.DROP)));
        return TestGateway.with(TestGateway.with(config, listeners), new LimitsConfig(8192, 1024, 30, 0));
    }

    private static PathConfig paths(boolean normalise, boolean merge, EncodedSlashes slashes) {
        return new PathConfig(normalise, merge, slashes, Underscores.ALLOW);
    }

    private static ListenerConfig listener(
            String name, Trust trust, boolean lanes, boolean proxied, int hops, PathConfig paths) {
        UnknownHost unknown = trust == Trust.INTERNAL ? UnknownHost.PASSTHROUGH : UnknownHost.REFUSE;
        Address address = new Address("127.0.0.1", 0);
        return new ListenerConfig(name, address, trust, lanes, null, null, unknown, null, proxied, hops, paths);
    }

    int port(String listener) {
        return gateway.port(listener);
    }

    /** Makes ready for a case. */
    void begin(CorpusCase each) {
        boolean close = each.setting("answers-and", "keep").equals("close");
        RecordingEndpoint.Response response = new RecordingEndpoint.Response(each.bytes("answer"), close);
        base.begin(response);
        branch.begin(response);
    }

    /** The client that comes next is served at once, over whatever connections the case left behind. */
    void answersAPlainRequest() {
        long before = System.nanoTime();
        try (RawClient client = gateway.client()) {
            RawClient.Response response =
                    client.send("GET /probe HTTP/1.1\nHost: a.test\n\n").response();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("GET /probe HTTP/1.1");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
    }

    /** The endpoints saw what the case says, probes aside. */
    void assertSeen(CorpusCase each) {
        assertSeen(each, "upstream", base);
        assertSeen(each, "upstream f-1", branch);
    }

    private static void assertSeen(CorpusCase each, String section, RecordingEndpoint endpoint) {
        String expected = each.text(section).replace("\n\n==", "\n==");
        if (expected.equals("incomplete")) {
            assertThat(relevant(endpoint)).as("no request came to its end").noneMatch(RecordingEndpoint.Seen::whole);
            return;
        }
        int count = expected.isEmpty() ? 0 : expected.split("\n==\n", -1).length;
        Awaitility.await()
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(20))
                .until(() -> relevant(endpoint).size() >= count);
        boolean strict = each.setting("added", "usual").equals("usual");
        List<String> shown = new ArrayList<>();
        for (RecordingEndpoint.Seen seen : relevant(endpoint)) {
            shown.add(show(seen, strict));
        }
        assertThat(String.join("\n==\n", shown)).as(section).isEqualTo(expected);
    }

    private static List<RecordingEndpoint.Seen> relevant(RecordingEndpoint endpoint) {
        return endpoint.seen().stream()
                .filter(seen -> !seen.target().equals("/probe"))
                .toList();
    }

    private static String show(RecordingEndpoint.Seen seen, boolean strict) {
        String head = CorpusCase.show(seen.head());
        for (Pattern pattern : USUAL) {
            Matcher line = pattern.matcher(head);
            if (line.find()) {
                head = head.substring(0, line.start()) + head.substring(line.end());
            } else if (strict) {
                head += "MISSING " + pattern;
            }
        }
        Matcher host = Pattern.compile("\n(?i)host: (.*)\n").matcher(head);
        String forwarded = host.find() ? "\nx-forwarded-host: " + host.group(1) + "\n" : "\n";
        int at = head.indexOf(forwarded);
        head = at < 0 ? head : head.substring(0, at) + head.substring(at + forwarded.length() - 1);
        String text = (head + CorpusCase.show(seen.body())).stripTrailing();
        return seen.whole() ? text : text + "\n(cut)";
    }

    @Override
    public void close() {
        gateway.close();
        base.close();
        branch.close();
    }
}
