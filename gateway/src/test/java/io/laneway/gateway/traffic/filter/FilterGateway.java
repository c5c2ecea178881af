package io.laneway.gateway.traffic.filter;

import io.laneway.filter.Filter;
import io.laneway.gateway.runtime.config.FilterConfig;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.LaneTable;
import java.util.ArrayList;
import java.util.List;

/**
 * A gateway whose listeners have filters: services {@code a} and {@code b.shop}, and a route {@code /cut} that takes its prefix
 * off.
 */
final class FilterGateway implements AutoCloseable {

    final Upstream upstream;
    final TestGateway gateway;

    /** A filter with the keys that its entry has beside {@code filter} and {@code settings}. */
    record Entry(String keys, Filter filter) {}

    FilterGateway(Entry... entries) {
        this(Upstream.saying("base"), "", entries);
    }

    /** @param policy of service {@code a}, such as {@code policy: {…}}, on a line */
    FilterGateway(Upstream upstream, String policy, Entry... entries) {
        this.upstream = upstream;
        this.gateway = TestGateway.over(
                table(policy), config -> TestGateway.with(config, listeners(config.listeners(), entries)));
    }

    static Entry entry(String keys, Filter filter) {
        return new Entry(keys, filter);
    }

    private static List<FilterConfig> read(Entry... entries) {
        List<FilterConfig> filters = new ArrayList<>();
        for (Entry entry : entries) {
            String name = "name: f" + (filters.size() + 1);
            String keys = entry.keys().isEmpty() ? name : name + ", " + entry.keys();
            filters.add(GivenFilters.config(keys, entry.filter()));
        }
        return filters;
    }

    private static List<ListenerConfig> listeners(List<ListenerConfig> usual, Entry... entries) {
        List<ListenerConfig> listeners = new ArrayList<>(usual);
        listeners.replaceAll(each -> each.filteredBy(read(entries)));
        return listeners;
    }

    private LaneTable table(String policy) {
        return Tables.read("""
            lanes: [{name: f-1}]
            services:
              - name: a
                hosts: [a.test]
                %s
                deployments: [{lane: master, protocol: http1, endpoints: ["127.0.0.1:%d"]}]
              - name: b
                namespace: shop
                hosts: [b.test]
                deployments: [{lane: master, endpoints: ["127.0.0.1:%d"]}]
            routes:
              - {hosts: [a.test], path: /cut, service: a, stripPrefix: true}
            """.formatted(policy, upstream.port(), upstream.port()));
    }

    FilterSums sums() {
        return sums(0);
    }

    /** Of that filter on the external listener. */
    FilterSums sums(int index) {
        return gateway.plane().parts().filters().of("edge").list().get(index).sums();
    }

    /** A GET on a connection of its own; lines end with a line feed each. */
    RawClient.Response get(String path, String lines) {
        try (RawClient client = gateway.client()) {
            return client.get(path, lines);
        }
    }

    static RawClient.Response post(RawClient client, String body) {
        return client.send("POST / HTTP/1.1\nHost: a.test\nContent-Length: " + body.length() + "\n\n")
                .sendRaw(body)
                .response();
    }

    /** The head that the endpoint got last. */
    String forwarded() {
        List<Upstream.Request> all = upstream.requests();
        return all.get(all.size() - 1).head();
    }

    @Override
    public void close() {
        gateway.close();
        upstream.close();
    }
}
