package io.laneway.spring;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** The bean of docs/how-to/carry-the-lane.md, to the letter. Safe for many threads. */
@Component
public class CarryLane extends OncePerRequestFilter implements ClientHttpRequestInterceptor {

    private static final List<String> CARRIED =
            List.of("trace-branch", "baggage", "x-laneway-assigned", "x-laneway-hops", "x-request-id", "traceparent");

    private static final ThreadLocal<HttpHeaders> LANE = new ThreadLocal<>();

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpHeaders carried = new HttpHeaders();
        for (String name : CARRIED) {
            String value = request.getHeader(name);
            if (value != null) {
                carried.set(name, value);
            }
        }
        LANE.set(carried);
        try {
            chain.doFilter(request, response);
        } finally {
            LANE.remove();
        }
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        HttpHeaders carried = LANE.get();
        if (carried != null) {
            carried.forEach((name, values) -> request.getHeaders().put(name, values));
        }
        return execution.execute(request, body);
    }
}
