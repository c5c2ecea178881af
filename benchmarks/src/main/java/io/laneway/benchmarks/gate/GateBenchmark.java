package io.laneway.benchmarks.gate;

import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.traffic.filter.FilterGate;
import io.laneway.gateway.traffic.link.LinkCheck;
import io.laneway.gateway.traffic.token.TokenCheck;
import io.laneway.router.link.LinkSigner;
import io.laneway.router.text.HeaderName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a request pays at gates that it passes at once: a token that is remembered, a signed link in a cookie that is
 * remembered, and one filter that lets it pass. {@code head} is what the figures of token and link have for copying the
 * head, as both change it. Run with {@code -prof gc}. Confined to one thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
public class GateBenchmark {

    private static final LinkSigner SIGNER = LinkSigner.fresh();
    private static final HeaderName COOKIE = HeaderName.of("cookie");
    private static final String PATIENCE = "not verified within ten seconds";

    private final RequestHead head = new RequestHead();
    private final RequestHead fresh = new RequestHead();
    private String token = "";
    private String cookie = "";
    private @Nullable OneListener listener;
    private @Nullable TokenCheck tokens;
    private @Nullable LinkCheck links;
    private @Nullable FilterGate filters;

    @Setup
    public void prepare() throws IOException {
        Path directory = Files.createTempDirectory("gates");
        token = "Bearer " + Issuer.token(directory.resolve("keys.json"));
        cookie = "theme=dark; lane-key=" + SIGNER.link("f-1", Instant.now().plusSeconds(24 * 3600));
        make(head);
        make(fresh);
        OneListener made = new OneListener(
                directory,
                "lanes: signed, entry: {cookie: true}, filters: [{filter: none}],"
                        + " jwt: {issuers: [{issuer: \"https://id.test\", audiences: [shop], jwks: keys.json}],"
                        + " headers: {x-user: sub}}",
                "lanes: [{name: f-1, linkKey: " + SIGNER.key() + "}]\nservices: [{name: a, hosts: [a.test],"
                        + " deployments: [{lane: master, endpoints: [\"127.0.0.1:1\"]}]}]\n",
                head);
        listener = made;
        tokens = made.token();
        links = made.link();
        filters = made.filter();
        until(() -> Objects.requireNonNull(tokens).settle() && made.rememberedTokens() > 0);
        LinkCheck check = Objects.requireNonNull(links);
        until(() -> {
            head();
            check.take(head);
            return check.settle() && head.grantedLane() != null;
        });
        Objects.requireNonNull(filters).begin();
    }

    private static void until(BooleanSupplier done) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(PATIENCE);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private void make(RequestHead head) {
        head.clear(Integer.MAX_VALUE);
        head.start("GET", "/api/order/4711?details=true", "a.test");
        head.lines().add(HeaderName.of("user-agent"), "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36");
        head.lines().add(HeaderName.of("accept"), "*/*");
        head.lines().add(HeaderName.of("authorization"), token);
        head.lines().add(COOKIE, cookie);
    }

    @TearDown
    public void close() {
        if (listener != null) {
            listener.close();
        }
    }

    @Benchmark
    public RequestHead head() {
        head.copyOf(fresh);
        return head;
    }

    @Benchmark
    public boolean token() {
        head();
        TokenCheck check = tokens;
        return check != null && check.settle();
    }

    @Benchmark
    public boolean link() {
        head();
        LinkCheck check = links;
        if (check == null) {
            return false;
        }
        check.take(head);
        return check.settle();
    }

    @Benchmark
    public boolean filter() {
        FilterGate gate = filters;
        if (gate == null) {
            return false;
        }
        gate.begin();
        return gate.settle();
    }
}
