package io.laneway.router.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.codec.TableReader;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import io.laneway.router.request.RequestDraft;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.PublishedState;
import io.laneway.router.table.TableCompiler;
import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;

/**
 * Decisions in short: {@code order@f-1 lane f-1} is service, served lane, reason and stamped lane; {@code -} stands for
 * none. Port names follow the served lane after a colon, the kind of assignment the stamped lane after a slash.
 */
final class DecisionProbe {

    private final CompiledTable<PublishedState, Void> table;
    private final ListenerTraits listener;

    private DecisionProbe(CompiledTable<PublishedState, Void> table, ListenerTraits listener) {
        this.table = table;
        this.listener = listener;
    }

    /** Decisions of a strangers' listener over a table in YAML. */
    static DecisionProbe over(String yaml) {
        Problems problems = Problems.strict();
        LaneTable model = TableReader.read(yaml.getBytes(StandardCharsets.UTF_8), "test.yaml", problems);
        assertThat(problems.list()).isEmpty();
        return new DecisionProbe(TableCompiler.published(model), ListenerTraits.EXTERNAL);
    }

    DecisionProbe at(ListenerTraits other) {
        return new DecisionProbe(table, other);
    }

    DecisionProbe internal() {
        return at(ListenerTraits.INTERNAL);
    }

    CompiledTable<PublishedState, Void> table() {
        return table;
    }

    ListenerTraits listener() {
        return listener;
    }

    /** Asks with headers written {@code name: value}. */
    String to(String authority, String target, String... headers) {
        return in(decide(authority, target, headers));
    }

    Decision<PublishedState, Void> decide(String authority, String target, String... headers) {
        Decision<PublishedState, Void> decision = new Decision<>();
        new Decider().decide(table, listener, draft(authority, target, headers), decision);
        return decision;
    }

    static RequestDraft draft(String authority, String target, String... headers) {
        RequestDraft draft = new RequestDraft(authority, target);
        for (String header : headers) {
            int colon = header.indexOf(':');
            draft.header(header.substring(0, colon), header.substring(colon + 1));
        }
        return draft;
    }

    private static String in(Decision<PublishedState, Void> decision) {
        if (decision.service() == null) {
            return decision.passthrough() ? "passthrough" : decision.reason().word();
        }
        Slice stamp = new Slice();
        decision.stamp(stamp);
        String port = decision.port() == null || decision.port().port().name().isEmpty()
                ? ""
                : ":" + decision.port().port().name();
        return decision.service().name()
                + "@" + (decision.served() == null ? "-" : decision.served()) + port
                + " " + decision.reason().word()
                + " " + (decision.stamped() ? stamp : "-")
                + (decision.assigned() == Assigned.NO
                        ? ""
                        : "/" + decision.assigned().word());
    }
}
