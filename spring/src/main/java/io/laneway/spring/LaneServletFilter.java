package io.laneway.spring;

import io.laneway.kafka.lane.BaggageMember;
import io.laneway.kafka.lane.LaneContext;
import io.laneway.kafka.lane.LaneHeader;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Makes the lane of a request the current one while a servlet handles it. Safe for many threads. */
final class LaneServletFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String lane =
                LaneText.of(request.getHeaders(LaneHeader.DEFAULT.name()), request.getHeaders(BaggageMember.HEADER));
        LaneContext.Scope scope = LaneScopes.open(lane);
        try {
            chain.doFilter(request, response);
        } finally {
            scope.close();
        }
    }

    /** What follows asynchronous work runs on another thread. */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }
}
