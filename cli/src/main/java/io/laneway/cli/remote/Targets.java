package io.laneway.cli.remote;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the control API that a command is for: options, then a context that was named, then the environment, then the
 * current context, then this machine. Credentials of a context go to that context's address alone. Stateless.
 */
final class Targets {

    private Targets() {}

    /** What the options leave open, filled in. */
    static Target resolve(Target said, @Nullable String context, Map<String, String> environment) {
        String named = context != null ? context : nonBlank(environment.get("LANEWAY_CONTEXT"));
        Contexts contexts = Contexts.load(Contexts.file(environment));
        String address = nonBlank(environment.get("LANEWAY_CONTROL"));
        Target kept = named != null ? contexts.named(named) : address != null ? Target.NONE : contexts.currentOrNone();
        URI control = said.control();
        if (control != null && !control.equals(kept.control())) {
            kept = Target.NONE;
        }
        if (control == null) {
            control = kept.control() != null ? kept.control() : address != null ? address(address) : Target.DEFAULT;
        }
        return merged(control, said, kept, nonBlank(environment.get("LANEWAY_TOKEN")));
    }

    private static Target merged(URI control, Target said, Target kept, @Nullable String token) {
        boolean own = said.token() != null || said.tokenFile() != null;
        boolean variable = !own && token != null;
        return new Target(
                control,
                own ? said.token() : variable ? token : kept.token(),
                own ? said.tokenFile() : variable ? null : kept.tokenFile(),
                said.ca() != null ? said.ca() : kept.ca(),
                said.certificate() != null ? said.certificate() : kept.certificate(),
                said.key() != null ? said.key() : kept.key());
    }

    private static URI address(String text) {
        try {
            return Target.uri(text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed("LANEWAY_CONTROL: " + e.getMessage());
        }
    }

    private static @Nullable String nonBlank(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
