package io.laneway.spring;

import io.laneway.kafka.testkit.Broker;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts applications on Spring Boot that use the broker of the tests. */
final class Applications {

    private Applications() {}

    /** An application as Spring Boot configures it; the pairs are properties. */
    static ConfigurableApplicationContext start(WebApplicationType type, Class<?> application, String... pairs) {
        Map<String, Object> properties = new LinkedHashMap<>(Map.of(
                "spring.kafka.bootstrap-servers", Broker.shared().servers(),
                "spring.kafka.consumer.auto-offset-reset", "earliest",
                "spring.kafka.properties.laneway.watch.interval", "200ms",
                "server.port", "0",
                "server.address", "127.0.0.1",
                "spring.main.banner-mode", "off",
                "logging.register-shutdown-hook", "false",
                "spring.main.log-startup-info", "false"));
        for (int i = 0; i < pairs.length; i += 2) {
            properties.put(pairs[i], pairs[i + 1]);
        }
        return new SpringApplicationBuilder(application)
                .web(type)
                .registerShutdownHook(false)
                .properties(properties)
                .run();
    }
}
