package io.laneway.spring;

import java.util.List;

/** The application does not start, since listeners of it cannot keep to lanes; one line for each. */
public final class ListenersRefused extends IllegalStateException {

    private static final long serialVersionUID = 1;

    ListenersRefused(List<String> listeners) {
        super(String.join("\n", listeners));
    }
}
