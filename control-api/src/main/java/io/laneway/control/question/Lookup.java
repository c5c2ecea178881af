package io.laneway.control.question;

import io.laneway.control.http.message.MemoryShare;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Collects one document of each gateway, and is done when all that were asked have answered or the time is over. Safe
 * for many threads.
 */
final class Lookup implements Collector {

    /** The most that the answers to one question are kept of, in bytes. */
    static final long MOST = 4L << 20;

    private static final int MAX_GATEWAYS = 10_000;
    private static final String PROBLEM = "problem";
    private static final String RECORDS = "records";

    private final Promise<Answers> done = Promise.promise();
    private final Fleet fleet;
    private final MemoryShare room;
    private final Set<String> waiting;
    private final Set<String> heard = new HashSet<>();
    private final Map<String, JsonObject> documents = new LinkedHashMap<>();
    private final List<Missing> missing;
    private long bytes;
    private boolean over;

    /**
     * What came of a question. Immutable.
     *
     * @param asked     the gateways that were asked
     * @param documents what each one that answered said
     */
    record Answers(List<String> asked, Map<String, JsonObject> documents, List<Missing> missing) {
        Answers {
            asked = List.copyOf(asked);
            documents = Map.copyOf(documents);
            missing = List.copyOf(missing);
        }
    }

    Lookup(Fleet fleet, MemoryShare room) {
        this.fleet = fleet;
        this.room = room;
        this.waiting = new TreeSet<>(fleet.asked());
        this.missing = new ArrayList<>(fleet.missing());
    }

    /** What came, once the question is over. */
    Future<Answers> answers() {
        return done.future();
    }

    @Override
    public void take(String gateway, String body) {
        if (add(gateway, body)) {
            finish();
        }
    }

    /** The first answer of a gateway counts; true once all that were asked have answered. */
    private synchronized boolean add(String gateway, String body) {
        if (over || heard.size() >= MAX_GATEWAYS || !heard.add(gateway)) {
            return false;
        }
        waiting.remove(gateway);
        missing.removeIf(one -> one.gateway().equals(gateway));
        if (bytes + body.length() > MOST || !room.take(body.length())) {
            missing.add(new Missing(
                    gateway,
                    "its answer found no room (expected: at most " + MOST + " bytes of all gateways to one question)"));
        } else {
            bytes += body.length();
            read(gateway, body);
        }
        return waiting.isEmpty();
    }

    private void read(String gateway, String body) {
        try {
            JsonObject document = new JsonObject(body);
            if (document.getMap() == null) {
                missing.add(new Missing(gateway, "its answer is not a JSON object"));
            } else if (document.getValue(PROBLEM) instanceof String problem) {
                missing.add(new Missing(gateway, problem));
            } else {
                records(gateway, document);
            }
        } catch (DecodeException e) {
            missing.add(new Missing(gateway, "its answer is not JSON"));
        }
    }

    /** Records that are not of the form are dropped, and the first reason is said. */
    private void records(String gateway, JsonObject document) {
        String wrong = null;
        JsonArray good = new JsonArray();
        if (document.getValue(RECORDS) instanceof JsonArray records) {
            for (Object record : records) {
                String problem = RecordForm.problem(record);
                if (problem == null) {
                    good.add(record);
                } else if (wrong == null) {
                    wrong = "a record of its answer is not of the form: " + problem;
                }
            }
        } else {
            wrong = "its answer is not of the form: records (expected: an array)";
        }
        if (wrong != null) {
            missing.add(new Missing(gateway, wrong));
        }
        if (wrong == null || !good.isEmpty()) {
            documents.put(gateway, document.put(RECORDS, good));
        }
    }

    /** There is no gateway to ask. */
    boolean idle() {
        return fleet.asked().isEmpty();
    }

    /** The time is over: who has not answered is named. */
    void timeOut(Duration within) {
        synchronized (this) {
            if (!over) {
                waiting.forEach(gateway -> missing.add(Missing.late(gateway, within)));
            }
        }
        finish();
    }

    /** Ends it with what there is. */
    void finish() {
        Answers answers;
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            room.give(bytes);
            missing.sort((a, b) -> a.gateway().compareTo(b.gateway()));
            answers = new Answers(fleet.asked(), documents, missing);
        }
        done.complete(answers);
    }
}
