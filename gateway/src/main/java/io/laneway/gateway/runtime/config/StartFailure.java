package io.laneway.gateway.runtime.config;

import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Why a gateway cannot start as it is configured on this machine; the message names the key of the configuration, what is
 * wrong and the reason, in one line.
 */
public final class StartFailure extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** @param cause what the system said, null if the message has it all */
    public StartFailure(String message, @Nullable Throwable cause) {
        super(message + reason(cause), cause);
    }

    private static String reason(@Nullable Throwable cause) {
        Throwable said = cause;
        while (said instanceof ExecutionException && said.getCause() != null) {
            said = said.getCause();
        }
        if (said == null) {
            return "";
        }
        String text = said.getMessage() == null ? said.getClass().getSimpleName() : said.getMessage();
        return ": " + text.lines().findFirst().orElse("").strip();
    }
}
