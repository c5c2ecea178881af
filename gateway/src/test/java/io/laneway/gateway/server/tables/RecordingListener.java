package io.laneway.gateway.server.tables;

import io.laneway.router.document.tree.Problem;
import io.laneway.router.model.LaneTable;
import io.laneway.router.source.TableListener;
import io.laneway.router.table.delta.TableDelta;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what a source delivers. */
final class RecordingListener implements TableListener {

    final List<String> delivered = new CopyOnWriteArrayList<>();
    final List<List<Problem>> refused = new CopyOnWriteArrayList<>();
    volatile String connection = "";

    /** The revisions delivered, divided by blanks. */
    String revisions() {
        return String.join(" ", delivered);
    }

    @Override
    public void snapshot(String store, LaneTable table) {
        delivered.add(store.isEmpty() ? "" + table.revision() : store + table.revision());
    }

    @Override
    public void part(String store, LaneTable table) {
        delivered.add("p" + table.revision());
    }

    @Override
    public void delta(String store, TableDelta delta) {
        delivered.add("+" + delta.revision());
    }

    @Override
    public void refused(List<Problem> problems) {
        refused.add(problems);
    }

    @Override
    public void connected(boolean connected, String detail) {
        connection = connected + " " + detail;
    }
}
