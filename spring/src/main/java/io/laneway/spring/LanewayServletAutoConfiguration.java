package io.laneway.spring;

import jakarta.servlet.Filter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

/** The lane of a servlet's request is that of the records that it causes. */
@AutoConfiguration
@ConditionalOnClass({Filter.class, OncePerRequestFilter.class, FilterRegistrationBean.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "laneway.messages.enabled", matchIfMissing = true)
public final class LanewayServletAutoConfiguration {

    // Within the filter that begins OpenTelemetry's observation, so that baggage is put into its context.
    private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 10;

    /** Called by Spring. */
    public LanewayServletAutoConfiguration() {
        // The filter depends on nothing.
    }

    @Bean
    FilterRegistrationBean<Filter> lanewayServletFilter() {
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(new LaneServletFilter());
        registration.setOrder(ORDER);
        registration.setAsyncSupported(true);
        return registration;
    }
}
