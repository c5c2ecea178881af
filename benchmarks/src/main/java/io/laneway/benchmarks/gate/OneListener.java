package io.laneway.benchmarks.gate;

import io.laneway.benchmarks.OneDeployment;
import io.laneway.benchmarks.observe.SilentClient;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.runtime.config.ConfigReader;
import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.runtime.config.OverloadConfig;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.traffic.context.ExchangeRecorder;
import io.laneway.gateway.traffic.context.ListenerContext;
import io.laneway.gateway.traffic.edge.Edge;
import io.laneway.gateway.traffic.filter.FilterGate;
import io.laneway.gateway.traffic.filter.Filters;
import io.laneway.gateway.traffic.gate.Gate;
import io.laneway.gateway.traffic.gate.GateWait;
import io.laneway.gateway.traffic.link.LinkCheck;
import io.laneway.gateway.traffic.link.Links;
import io.laneway.gateway.traffic.link.LoopLinks;
import io.laneway.gateway.traffic.overload.LoadShedder;
import io.laneway.gateway.traffic.overload.LoopLoadShedder;
import io.laneway.gateway.traffic.token.LoopTokens;
import io.laneway.gateway.traffic.token.TokenCheck;
import io.laneway.gateway.traffic.token.Tokens;
import io.laneway.gateway.upstream.cluster.Cluster;
import io.laneway.gateway.upstream.cluster.Passthrough;
import io.laneway.gateway.upstream.policy.ServiceRules;
import io.laneway.router.codec.TableReader;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.TableCompiler;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;

/**
 * One external listener on one event loop, and one exchange there, whose gates are passed one by one. Confined to one thread,
 * the loop's own included where a gate hands back to it.
 */
final class OneListener implements AutoCloseable {

    private final OneDeployment deployment = new OneDeployment();
    private final GatewayConfig config;
    private final Tokens tokens;
    private final Links links;
    private final Filters filters;
    private final ExchangeContext context;
    private final GateWait wait;

    /**
     * Made of a configuration.
     *
     * @param directory against which files are resolved
     * @param edge      the keys of the listener beside its name and address
     * @param table     the lane table, in YAML
     */
    OneListener(Path directory, String edge, String table, RequestHead head) {
        String document = "listeners: [{name: edge, address: \"127.0.0.1:0\", trust: external, " + edge
                + "}]\nadmin: {address: \"127.0.0.1:0\"}\ntable: {file: lanes.yaml}\n";
        config = ConfigReader.read(
                        document.getBytes(StandardCharsets.UTF_8), directory.resolve("laneway.yaml"), Map.of())
                .orThrow();
        ListenerConfig listener = config.listeners().get(0);
        tokens = Tokens.of(config, Clock.systemUTC(), System::nanoTime);
        links = Links.of(config);
        filters = Filters.open(config);
        CompiledTable<Cluster, ServiceRules> compiled = compiled(table);
        SilentClient client = new SilentClient();
        context = new ExchangeContext(
                new ListenerContext(
                        listener.name(),
                        listener.traits(),
                        config.headers(),
                        () -> compiled,
                        deployment.upstreams(),
                        new Passthrough(1),
                        deployment.observer(),
                        Clock.systemUTC(),
                        new Edge(listener),
                        new LoopLoadShedder(new LoadShedder(OverloadConfig.DEFAULT, () -> 0), deployment.loop()),
                        null,
                        ExchangeRecorder.NONE,
                        null,
                        null,
                        null),
                head,
                client);
        context.begin(head, client);
        wait = new GateWait(context, new NoExchange());
    }

    private CompiledTable<Cluster, ServiceRules> compiled(String yaml) {
        Problems problems = Problems.strict();
        LaneTable table = TableReader.read(yaml.getBytes(StandardCharsets.UTF_8), "lanes.yaml", problems);
        if (table == null) {
            throw new IllegalStateException(problems.toString());
        }
        return Objects.requireNonNull(new TableCompiler<>(OneDeployment.clusters(""), null)
                .compile(table, null)
                .table());
    }

    TokenCheck token() {
        return new TokenCheck(context, new LoopTokens(Objects.requireNonNull(tokens.of("edge"))), wait);
    }

    /** How many tokens are remembered. */
    int rememberedTokens() {
        return Objects.requireNonNull(tokens.of("edge")).remembered();
    }

    LinkCheck link() {
        return new LinkCheck(context, new LoopLinks(Objects.requireNonNull(links.of("edge"))), wait);
    }

    FilterGate filter() {
        return new FilterGate(
                context, Objects.requireNonNull(filters.of("edge")).newLoop(), wait);
    }

    @Override
    public void close() {
        tokens.close();
        links.close();
        filters.close();
        deployment.close();
    }

    /** An exchange that never continues. */
    private static final class NoExchange implements GateWait.Listener {

        @Override
        public void settled(Gate gate) {}

        @Override
        public boolean holdsClient() {
            return false;
        }

        @Override
        public void data(ByteBuf data, boolean end) {
            data.release();
        }

        @Override
        public void trailers(HeaderLines trailers) {}

        @Override
        public void aborted(Failure failure) {}

        @Override
        public void leave() {}

        @Override
        public void writable() {}
    }
}
