package io.laneway.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;

/**
 * The lane of a reactive request is that of the records that it causes. Switches Reactor's automatic context
 * propagation on, since a producer's interceptor sees the thread and no context of Reactor's.
 */
@AutoConfiguration
@ConditionalOnClass({WebFilter.class, Mono.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBooleanProperty(name = "laneway.messages.enabled", matchIfMissing = true)
public final class LanewayWebFluxAutoConfiguration {

    private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 10;

    /** Called by Spring. */
    public LanewayWebFluxAutoConfiguration() {
        // The filter depends on nothing.
    }

    @Bean
    @Order(ORDER)
    WebFilter lanewayWebFilter() {
        Hooks.enableAutomaticContextPropagation();
        return new LaneWebFilter();
    }
}
