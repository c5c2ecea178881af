package io.laneway.gateway.server.tables;

import io.laneway.router.codec.DeltaForm;
import io.laneway.router.codec.TableReader;
import io.laneway.router.document.Documents;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import io.laneway.router.source.TableListener;
import io.laneway.router.table.delta.TableDelta;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the events of the watch and hands them on. Unknown keys and kinds of events are ignored, so that a newer control
 * API can lead older gateways. Remembers up to where it delivered. Confined to the table thread.
 */
final class WatchEvents {

    private static final Logger log = LoggerFactory.getLogger(WatchEvents.class);

    private final TableListener listener;
    private String store;
    private long revision;
    private boolean part;

    /**
     * @param store    whose table the listener has, empty for none
     * @param revision the revision that it has
     */
    WatchEvents(TableListener listener, String store, long revision) {
        this.listener = listener;
        this.store = store;
        this.revision = revision;
    }

    /** The store that was delivered from last. */
    String store() {
        return store;
    }

    /** The revision that was delivered last; 0 asks for a whole table. */
    long revision() {
        return revision;
    }

    /** What comes is of a part from now on, or not. */
    void part(boolean now) {
        part = now;
    }

    /** Forgets up to where it delivered. */
    void restart() {
        revision = 0;
    }

    /** Takes an event; false if the watch is to begin again. */
    boolean event(String name, byte[] data) {
        boolean snapshot = name.equals("snapshot");
        if (!snapshot && !name.equals("delta")) {
            return true;
        }
        Problems problems = Problems.lenient();
        Node node = Documents.parseJson(data, problems);
        boolean taken = node != null && (snapshot ? snapshot(node, problems) : delta(node, problems));
        if (!problems.warnings().isEmpty()) {
            log.atDebug().addKeyValue("first", problems.warnings().get(0)).log("unknown keys on the watch ignored");
        }
        if (!problems.isEmpty()) {
            listener.refused(problems.list());
        }
        return taken;
    }

    private boolean snapshot(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String from = fields.text("store");
        List<String> replaced = fields.texts("replaces");
        long at = fields.number("revision", 0, Long.MAX_VALUE, 0);
        LaneTable table = fields.object("table", part ? TableReader::part : TableReader::table);
        if (table == null || !problems.isEmpty()) {
            // A table that is refused stays refused: wait for the next one instead of asking in circles.
            store = from;
            revision = 0;
            return true;
        }
        listener.replaces(from, replaced);
        LaneTable read = table.revision() == at ? table : table.atRevision(at);
        if (part) {
            listener.part(from, read);
        } else {
            listener.snapshot(from, read);
        }
        store = from;
        revision = at;
        return true;
    }

    private boolean delta(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String from = fields.text("store");
        fields.texts("replaces");
        TableDelta delta = DeltaForm.read(fields);
        if (delta == null || !problems.isEmpty()) {
            revision = 0;
            return false;
        }
        if (!from.equals(store) || delta.from() != revision) {
            problems.add(Problem.at(
                    "from", delta.from() + " of " + from, revision + " of " + store + "; asking for the whole table"));
            revision = 0;
            return false;
        }
        listener.delta(from, delta);
        revision = delta.revision();
        return true;
    }
}
