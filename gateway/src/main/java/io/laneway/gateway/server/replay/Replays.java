package io.laneway.gateway.server.replay;

import io.laneway.gateway.server.question.AnswerSender;
import io.laneway.gateway.server.question.Answerer;
import io.laneway.replay.file.RecordedSource;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes orders to replay recordings of this gateway, one at a time. Safe for many threads. */
public final class Replays implements Answerer.Order, AutoCloseable {

    /** The kind of question. */
    private static final String KIND = "replay";

    /** The kind of question of replays whose comparison goes by rules. */
    private static final String RULES = "replay-rules";

    /** The kind of question of those that have a descriptor set of protobuf. */
    private static final String MESSAGES = "replay-messages";

    private static final Logger log = LoggerFactory.getLogger(Replays.class);
    private static final int REMEMBERED = 256;

    private final String gateway;
    private final ReplayStore store;
    private final ReplayTargets targets;
    private final Set<String> taken = new LinkedHashSet<>();
    private @Nullable RunningReplay running;
    private boolean closed;

    /**
     * Replays of a gateway.
     *
     * @param gateway its id, since orders come to all
     * @param data    its data directory, which has what earlier replays got
     * @param kept    finds the requests of a recording, null if there are none
     */
    public Replays(String gateway, Path data, Function<String, @Nullable RecordedSource> kept, ReplayTargets targets) {
        this.gateway = gateway;
        this.store = new ReplayStore(data, kept);
        this.targets = targets;
    }

    /** The kinds of question that it takes, which an older gateway or one without the classes for it lets pass. */
    public static Set<String> kinds() {
        return Messages.readable() ? Set.of(KIND, RULES, MESSAGES) : Set.of(KIND, RULES);
    }

    @Override
    public synchronized void take(String order, JsonObject filter, AnswerSender sender) {
        boolean mine = gateway.equals(filter.getValue("gateway"));
        if (closed || !mine || taken.contains(order)) {
            return;
        }
        if (running != null && !running.ended()) {
            // it waits until this one has ended, or until the control API gives it up
            log.atInfo().addKeyValue("replay", order).log("a replay is not taken while another one runs");
            return;
        }
        taken.add(order);
        if (taken.size() > REMEMBERED) {
            taken.remove(taken.iterator().next());
        }
        running = new RunningReplay(order, filter, store, targets, new ReplayReports(sender, order));
        running.start();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (running != null) {
            running.close();
        }
    }
}
