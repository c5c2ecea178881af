package io.laneway.router.table;

import java.util.List;

/**
 * A table freshly compiled, and the states that it no longer has. Immutable. The code that compiled it puts the table in
 * place first and then calls {@link #retire}.
 */
public record TableUpdate<S extends DeploymentState, R>(CompiledTable<S, R> table, List<S> retired) {

    public TableUpdate {
        retired = List.copyOf(retired);
    }

    /** Closes the states that the table no longer has. */
    public void retire() {
        retired.forEach(DeploymentState::close);
    }
}
