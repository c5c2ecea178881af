package io.laneway.gateway.testkit;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Has every wait of the tests give up late, so that a busy machine fails none. Found by JUnit, by its service file.
 */
public final class Waits implements BeforeAllCallback {

    static {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        // the class being loaded is all it takes
    }
}
