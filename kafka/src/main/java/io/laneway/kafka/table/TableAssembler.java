package io.laneway.kafka.table;

import io.laneway.router.codec.DeltaForm;
import io.laneway.router.codec.TableReader;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import io.laneway.router.table.delta.Applied;
import io.laneway.router.table.delta.TableDelta;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Puts a table together from the records of its topic, in their order. Confined to one thread. A gap or a broken
 * record changes nothing: the table stays as it was until a later snapshot, or until all is read again.
 */
final class TableAssembler {

    /** What a record led to. */
    sealed interface Step {

        /** Nothing to report. */
        record Nothing() implements Step {}

        /** A whole table is complete. */
        record Whole(String store, LaneTable table) implements Step {}

        /** The next revision. */
        record Next(String store, TableDelta delta) implements Step {}

        /** Revisions are missing, or a record cannot be read. */
        record Broken(List<Problem> problems) implements Step {
            public Broken {
                problems = List.copyOf(problems);
            }
        }
    }

    private static final Step NOTHING = new Step.Nothing();

    private final TreeMap<Long, byte[]> chunks = new TreeMap<>();
    private final SortedSet<Long> deltas = new TreeSet<>();
    private long chunkRevision = -1;
    private int snapshotChunks;
    private String store = "";
    private @Nullable LaneTable table;
    private boolean broken;
    private boolean incomplete;

    /** The store of the table. */
    String store() {
        return store;
    }

    /** The table, null before the first whole one. */
    @Nullable
    LaneTable table() {
        return table;
    }

    /** Whether what came since the table is not usable. */
    boolean broken() {
        return broken;
    }

    /** Whether chunks of the snapshot were removed: once the topic is compacted, a new reader finds no table. */
    boolean incomplete() {
        return incomplete;
    }

    /** The deltas that the topic holds. */
    SortedSet<Long> deltas() {
        return deltas;
    }

    /** How many chunks the last snapshot had. */
    int snapshotChunks() {
        return snapshotChunks;
    }

    Step accept(TableRecord record) {
        return record.kind() == TableRecord.Kind.SNAPSHOT ? chunk(record) : delta(record);
    }

    /** It is not even known what a record is. */
    Step unreadable(List<Problem> problems) {
        return broken(problems);
    }

    private Step chunk(TableRecord record) {
        byte[] value = record.value();
        if (value == null) {
            incomplete |= record.index() < snapshotChunks;
            return NOTHING;
        }
        if (record.revision() != chunkRevision || record.index() == 0) {
            chunks.clear();
            chunkRevision = record.revision();
        }
        chunks.put(record.index(), value);
        return chunks.size() == record.chunks() ? whole(record) : NOTHING;
    }

    private Step whole(TableRecord record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        chunks.values().forEach(bytes::writeBytes);
        chunks.clear();
        Problems problems = Problems.lenient();
        LaneTable read = TableReader.read(bytes.toByteArray(), "", problems);
        if (read == null || !problems.isEmpty()) {
            return broken(problems.list());
        }
        snapshotChunks = record.chunks();
        boolean known = table != null && !broken && store.equals(record.store()) && table.revision() == read.revision();
        store = record.store();
        table = read;
        broken = false;
        incomplete = false;
        return known ? NOTHING : new Step.Whole(store, read);
    }

    private Step delta(TableRecord record) {
        byte[] value = record.value();
        if (value == null) {
            deltas.remove(record.index());
            return NOTHING;
        }
        deltas.add(record.index());
        LaneTable current = table;
        boolean foreign = !store.equals(record.store());
        if (current == null || broken || foreign || record.revision() <= current.revision()) {
            return NOTHING;
        }
        Problems problems = Problems.lenient();
        TableDelta delta = DeltaForm.read(value, problems);
        if (delta == null || !problems.isEmpty()) {
            return broken(problems.list());
        }
        if (delta.from() != current.revision()) {
            return broken(Problem.at(
                    "revision",
                    "a delta from " + delta.from() + " to " + delta.revision() + " after " + current.revision(),
                    "the next revision"));
        }
        Applied applied = delta.applyTo(current);
        if (applied instanceof Applied.Misfit misfit) {
            return broken(Problem.at("changes", misfit.why(), ""));
        }
        table = ((Applied.Changed) applied).table();
        return new Step.Next(store, delta);
    }

    private Step broken(Problem problem) {
        return broken(List.of(problem));
    }

    private Step broken(List<Problem> problems) {
        broken = true;
        return new Step.Broken(problems);
    }
}
