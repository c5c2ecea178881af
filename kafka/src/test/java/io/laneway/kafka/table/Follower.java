package io.laneway.kafka.table;

import io.laneway.router.codec.TableWriter;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.model.LaneTable;
import io.laneway.router.source.TableListener;
import io.laneway.router.table.delta.TableDelta;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a gateway does with a source, as far as these tests care. */
final class Follower implements TableListener {

    final List<Problem> problems = new CopyOnWriteArrayList<>();
    final List<String> connections = new CopyOnWriteArrayList<>();
    volatile String store = "";
    volatile LaneTable table = LaneTable.EMPTY;
    volatile int snapshots;
    volatile boolean gap;

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate")
    public void snapshot(String store, LaneTable table) {
        this.store = store;
        this.table = table;
        snapshots++;
    }

    @Override
    public void delta(String store, TableDelta delta) {
        gap |= delta.from() != table.revision();
        table = delta.applyTo(table).orElseThrow(IllegalStateException::new);
    }

    @Override
    public void refused(List<Problem> problems) {
        this.problems.addAll(problems);
    }

    @Override
    public void connected(boolean connected, String detail) {
        connections.add(connected + " " + detail);
    }

    static String hash(LaneTable table) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(TableWriter.json(table)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
