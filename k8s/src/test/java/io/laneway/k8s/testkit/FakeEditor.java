package io.laneway.k8s.testkit;

import io.laneway.router.document.tree.Problem;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.source.TableEditor;
import io.laneway.router.source.TableRefused;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.table.delta.TableChange.PutLane;
import io.laneway.router.table.delta.TableChange.PutShift;
import io.laneway.router.table.delta.TableChange.RemoveLane;
import io.laneway.router.table.delta.TableChange.RemoveShift;
import io.laneway.router.table.delta.TableChange.SetRoutes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A table in memory with owners: an object of one owner is refused to another, and a lane may need its parent. */
public final class FakeEditor implements TableEditor {

    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final Map<String, Shift> shifts = new LinkedHashMap<>();
    private final Map<String, String> owners = new HashMap<>();
    private List<Route> routes = List.of();
    private long revision;
    private int calls;

    @Override
    public synchronized LaneTable current() {
        return new LaneTable(
                revision,
                "master",
                LaneTable.EMPTY.carriers(),
                List.copyOf(lanes.values()),
                List.of(),
                routes,
                List.copyOf(shifts.values()));
    }

    @Override
    public LaneTable published() {
        return current();
    }

    @Override
    public synchronized CompletionStage<Long> apply(String owner, String why, List<TableChange> changes) {
        calls++;
        List<Problem> problems = new ArrayList<>();
        changes.forEach(change -> check(owner, change, problems));
        if (!problems.isEmpty()) {
            return CompletableFuture.failedFuture(new TableRefused(problems));
        }
        LaneTable before = current();
        changes.forEach(change -> make(owner, change));
        if (!current().equals(before)) {
            revision++;
        }
        return CompletableFuture.completedFuture(revision);
    }

    public synchronized int calls() {
        return calls;
    }

    /** Who owns an object, such as {@code lane f-1}. */
    public synchronized String owner(String object) {
        return owners.getOrDefault(object, "");
    }

    public synchronized boolean hasLane(String name) {
        return lanes.containsKey(name);
    }

    private void check(String owner, TableChange change, List<Problem> problems) {
        String name = name(change);
        if (!owners.getOrDefault(name, owner).equals(owner)) {
            problems.add(Problem.at(name, "owned by " + owners.get(name), "another name"));
        }
        if (change instanceof PutLane put
                && put.lane().parent() != null
                && !put.lane().parent().equals("master")
                && !lanes.containsKey(put.lane().parent())) {
            problems.add(Problem.at("parent", "no lane '" + put.lane().parent() + "'", "a lane"));
        }
    }

    private static String name(TableChange change) {
        if (change instanceof PutLane put) {
            return "lane " + put.lane().name();
        }
        if (change instanceof RemoveLane remove) {
            return "lane " + remove.name();
        }
        if (change instanceof PutShift put) {
            return "shift " + put.shift().name();
        }
        return change.toString();
    }

    private void make(String owner, TableChange change) {
        owners.put(name(change), owner);
        if (change instanceof PutLane put) {
            lanes.put(put.lane().name(), put.lane());
        } else if (change instanceof RemoveLane remove) {
            lanes.remove(remove.name());
            owners.remove(name(change));
        } else if (change instanceof PutShift put) {
            shifts.put(put.shift().name(), put.shift());
        } else if (change instanceof RemoveShift remove) {
            shifts.remove(remove.name());
            owners.remove("shift " + remove.name());
        } else if (change instanceof SetRoutes set) {
            routes = set.routes();
        }
    }
}
