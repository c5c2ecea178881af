package io.laneway.gateway.telemetry.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.laneway.gateway.protocol.grpc.GrpcCall;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.Downstream;
import io.laneway.gateway.runtime.config.TracingConfig.Propagation;
import io.laneway.gateway.runtime.config.TracingConfig.Sampler;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.traffic.context.ExchangeFacts;
import io.laneway.gateway.traffic.context.FollowedExchange;
import io.laneway.gateway.upstream.cluster.Cluster;
import io.laneway.gateway.upstream.policy.ServiceRules;
import io.laneway.router.decision.Decision;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import io.netty.channel.DefaultEventLoop;
import java.lang.management.ManagementFactory;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What following a request costs that is not sampled: no memory. */
class TracedExchangeTest {

    private static final int ROUNDS = 20_000;
    private static final HeaderName PARENT = HeaderName.of("traceparent");
    private static final HeaderName SEVERAL = HeaderName.of("x-b3-sampled");

    private final DefaultEventLoop eventLoop = new DefaultEventLoop();
    private final RequestHead head = new RequestHead();
    private final Decision<Cluster, ServiceRules> decision = new Decision<>();
    private final ExchangeFacts facts = new ExchangeFacts("edge", decision, head);
    private final Slice slice = new Slice();
    private final LoopTracer tracer = new LoopTracer(
            new Loop(0, eventLoop, System::nanoTime, new SplittableRandom(1)),
            new SamplingRule(new Sampler(0, true, Set.of())),
            List.copyOf(EnumSet.allOf(Propagation.class)),
            new SpanRing(16, () -> {}));

    private final TracedExchange traced = new TracedExchange(
            new FollowedExchange() {
                @Override
                public RequestHead request() {
                    return head;
                }

                @Override
                public Downstream downstream() {
                    throw new AssertionError("looked at only for what is sampled");
                }

                @Override
                public Decision<Cluster, ServiceRules> decision() {
                    return decision;
                }

                @Override
                public GrpcCall grpc() {
                    throw new AssertionError("looked at only for what is sampled");
                }

                @Override
                public ExchangeFacts facts() {
                    return facts;
                }
            },
            tracer);

    @AfterEach
    void stop() {
        eventLoop.shutdownGracefully();
    }

    private void follow(boolean found) {
        head.clear(1 << 16);
        HeaderLines lines = head.lines();
        if (found) {
            lines.add(PARENT, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00");
        } else {
            lines.add(SEVERAL, "false");
        }
        facts.clear(head);
        traced.begin();
        traced.traceParent(slice);
        TraceContext other = new TraceContext();
        tracer.read(lines, other);
        tracer.write(lines, other, 1, false);
        traced.finished();
    }

    /** But for the context that the test makes itself. */
    @Test
    void aRequestThatIsNotSampledAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < ROUNDS; i++) {
            follow(i % 2 == 0);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < ROUNDS; i++) {
            follow(i % 2 == 0);
        }
        long each = (threads.getCurrentThreadAllocatedBytes() - before) / ROUNDS;
        assertThat(each).isLessThanOrEqualTo(64);
        assertThat(tracer.poll()).isNull();
        assertThat(tracer.dropped()).isZero();
    }
}
