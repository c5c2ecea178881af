package io.laneway.gateway.server.tables;

import io.laneway.gateway.traffic.interest.Interests;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Service;
import io.laneway.router.part.Interest;
import io.laneway.router.text.BytesMap;
import io.laneway.router.text.Slice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The hosts and lanes that this gateway follows, which grow with its requests, and those that wait for them to be answered.
 * Beyond {@link Interest#MOST} the whole table is followed. Safe for many threads.
 */
final class FollowedNames implements Interests {

    private static final Known NOTHING =
            new Known(BytesMap.ignoringCase(Map.of()), BytesMap.ignoringCase(Map.of()), false);

    private final TreeSet<String> hosts = new TreeSet<>();
    private final TreeSet<String> lanes = new TreeSet<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private boolean all;
    private volatile Known known = NOTHING;
    private volatile boolean connected;
    private volatile Runnable widen = () -> {};

    /** What the running table answers. Immutable. */
    private record Known(BytesMap<Boolean> hosts, BytesMap<Boolean> lanes, boolean all) {}

    private record Waiting(@Nullable String host, @Nullable String lane, Consumer<Boolean> answered) {}

    /** @param told names to follow from the start */
    FollowedNames(Collection<String> told, Collection<String> toldLanes) {
        told.forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
        lanes.addAll(toldLanes);
    }

    /** What to do when more is to be followed. */
    void onWider(Runnable then) {
        widen = then;
    }

    /** Follows what a part has, such as the last known good one, which stays in force until there is an answer. */
    synchronized void keep(LaneTable part) {
        for (Service service : part.services()) {
            hosts.add(service.id().toString().toLowerCase(Locale.ROOT));
            service.hosts().stream()
                    .filter(host -> !host.startsWith("*"))
                    .forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
        }
        part.lanes().stream().map(Lane::name).forEach(lanes::add);
    }

    /** What to ask for; null for the whole table. */
    synchronized @Nullable Interest wanted() {
        all |= hosts.size() > Interest.MOST || lanes.size() > Interest.MOST;
        return all ? null : new Interest(hosts, lanes);
    }

    /** The running table has what was asked for; null for all. */
    void answered(@Nullable Interest interest) {
        List<Waiting> done = new ArrayList<>();
        synchronized (this) {
            known = interest == null
                    ? new Known(NOTHING.hosts(), NOTHING.lanes(), true)
                    : new Known(set(interest.hosts()), set(interest.lanes()), false);
            waiting.removeIf(each -> has(interest, each) && done.add(each));
        }
        done.forEach(each -> each.answered().accept(true));
    }

    private static boolean has(@Nullable Interest interest, Waiting one) {
        return interest == null
                || ((one.host() == null || interest.hosts().contains(one.host()))
                        && (one.lane() == null || interest.lanes().contains(one.lane())));
    }

    private static BytesMap<Boolean> set(Collection<String> names) {
        Map<String, Boolean> entries = new HashMap<>();
        names.forEach(name -> entries.put(name.toLowerCase(Locale.ROOT), true));
        return BytesMap.ignoringCase(entries);
    }

    /** Whether there is someone to ask. Where there is no one, none waits. */
    void connected(boolean now) {
        List<Waiting> left = List.of();
        synchronized (this) {
            connected = now;
            if (!now) {
                left = List.copyOf(waiting);
                waiting.clear();
            }
        }
        left.forEach(each -> each.answered().accept(false));
    }

    @Override
    public boolean follows(Slice host) {
        Known now = known;
        return now.all() || now.hosts().get(host) != null;
    }

    @Override
    public boolean followsLane(Slice slug) {
        Known now = known;
        return now.all() || now.lanes().get(slug) != null;
    }

    @Override
    public boolean asks() {
        return connected;
    }

    @Override
    public void ask(String host, Consumer<Boolean> answered) {
        String lower = host.toLowerCase(Locale.ROOT);
        ask(hosts, lower, new Waiting(lower, null, answered));
    }

    @Override
    public void askLane(String slug, Consumer<Boolean> answered) {
        ask(lanes, slug, new Waiting(null, slug, answered));
    }

    private void ask(Collection<String> names, String name, Waiting one) {
        boolean asked;
        synchronized (this) {
            asked = connected && name.length() <= Interest.LONGEST;
            if (asked) {
                names.add(name);
                waiting.add(one);
            }
        }
        if (asked) {
            widen.run();
        } else {
            one.answered().accept(false);
        }
    }
}
