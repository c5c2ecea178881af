package io.laneway.replay.send;

import io.laneway.replay.form.RecordedExchange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All requests of a replay in the order in which they are due. Immutable. */
public final class ReplayPlan {

    private final List<Planned> requests;

    private ReplayPlan(List<Planned> requests) {
        this.requests = requests;
    }

    /**
     * A plan of these requests, in the order of their times.
     *
     * @param oneClient whether all are of one client, as those of an HTTP Archive are
     * @param times how often all are sent; clients of another time are other clients
     */
    public static ReplayPlan of(List<RecordedExchange> recorded, Pace pace, int times, boolean oneClient) {
        List<RecordedExchange> sorted = new ArrayList<>(recorded);
        sorted.sort(Comparator.comparing(RecordedExchange::time));
        List<Planned> requests = new ArrayList<>(sorted.size() * times);
        Duration length = sorted.isEmpty() ? Duration.ZERO : length(sorted);
        long sequence = 0;
        for (int time = 0; time < times; time++) {
            for (RecordedExchange exchange : sorted) {
                Duration since =
                        Duration.between(sorted.get(0).time(), exchange.time()).plus(length.multipliedBy(time));
                String client = oneClient ? "one" : Clients.of(exchange);
                requests.add(new Planned(sequence, time, time + " " + client, pace.due(sequence, since), exchange));
                sequence++;
            }
        }
        return new ReplayPlan(List.copyOf(requests));
    }

    private static Duration length(List<RecordedExchange> sorted) {
        Instant end = sorted.get(0).time();
        for (RecordedExchange exchange : sorted) {
            Instant ended = exchange.time().plus(exchange.duration());
            end = ended.isAfter(end) ? ended : end;
        }
        return Duration.between(sorted.get(0).time(), end);
    }

    List<Planned> requests() {
        return requests;
    }

    /** How many requests there are. */
    public int size() {
        return requests.size();
    }
}
