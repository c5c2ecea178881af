package io.laneway.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why the application does not start, without a stack trace. Found by Spring Boot. */
final class ListenersRefusedAnalyzer extends AbstractFailureAnalyzer<ListenersRefused> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, ListenersRefused cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Set spring.kafka.consumer.properties.laneway.mode.TOPIC=BASE for these topics: the base then takes every"
                        + " record of them, lanes' listeners none.",
                cause);
    }
}
