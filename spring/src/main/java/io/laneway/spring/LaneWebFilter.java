package io.laneway.spring;

import io.laneway.kafka.lane.BaggageMember;
import io.laneway.kafka.lane.LaneHeader;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Keeps the lane of a request in Reactor's context, from where {@link LaneAccessor} makes it the current one on each
 * thread that works for the request. Safe for many threads.
 */
final class LaneWebFilter implements WebFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpHeaders headers = exchange.getRequest().getHeaders();
        String lane = LaneText.of(
                values(headers, LaneHeader.DEFAULT.name()).iterator(),
                values(headers, BaggageMember.HEADER).iterator());
        Mono<Void> rest = chain.filter(exchange);
        return lane == null ? rest : rest.contextWrite(context -> context.put(LaneAccessor.KEY, lane));
    }

    private static List<String> values(HttpHeaders headers, String name) {
        return headers.getOrDefault(name, List.of());
    }
}
