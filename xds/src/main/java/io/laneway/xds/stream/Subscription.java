package io.laneway.xds.stream;

import io.laneway.xds.resource.Changes;
import io.laneway.xds.resource.Resource;
import io.laneway.xds.resource.ResourceType;
import io.laneway.xds.resource.View;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one stream wants of one type, what it was sent, and whether it took that up. Confined to the hub's thread. */
final class Subscription {

    /** The version of a resource that does not exist. */
    static final String ABSENT = "";

    private static final String WILDCARD = "*";

    private final ResourceType type;
    private final Set<String> names = new HashSet<>();
    /** Versions sent, by name. */
    private final Map<String, String> sent = new HashMap<>();

    /** Names that may differ from what was sent. */
    private final Set<String> touched = new HashSet<>();

    private boolean wildcard;
    /** Whether any name may differ. */
    private boolean all = true;

    private boolean first = true;
    /** Of the last response. */
    private String nonce = "";

    /** Whether a response said that something is gone. */
    private boolean absent;

    private boolean waits;
    /** Since when something has changed that was not sent, 0 for never. */
    private long since;

    private String rejected = "";

    Subscription(ResourceType type) {
        this.type = type;
    }

    ResourceType type() {
        return type;
    }

    boolean wildcard() {
        return wildcard;
    }

    Set<String> names() {
        return names;
    }

    void wildcard(boolean wanted) {
        all |= wanted && !wildcard;
        wildcard = wanted;
    }

    /** Wants one more, which is sent even if it was sent before. */
    void subscribe(String name) {
        if (name.equals(WILDCARD)) {
            wildcard(true);
        } else {
            names.add(name);
            sent.remove(name);
            touched.add(name);
        }
    }

    void unsubscribe(String name) {
        if (name.equals(WILDCARD)) {
            wildcard(false);
        } else if (names.remove(name)) {
            sent.remove(name);
        }
    }

    /** The client has this version from a stream before. */
    void known(String name, String version) {
        sent.put(name, version);
    }

    /** Notes that resources changed, and when. */
    void changed(Changes changes, long nanos) {
        for (String name : changes.of(type)) {
            if (wildcard || names.contains(name)) {
                touched.add(name);
                since = since == 0 ? nanos : since;
            }
        }
    }

    /** What differs from what was sent: names and resources, null for those that do not exist. Notes them as sent. */
    Map<String, @Nullable Resource> difference(View view) {
        Map<String, @Nullable Resource> difference = new HashMap<>();
        for (String name : all ? wanted(view) : touched) {
            Resource resource = view.get(type, name);
            boolean wanted = names.contains(name) || (wildcard && (resource != null || sent.containsKey(name)));
            String version = resource == null ? ABSENT : resource.version();
            if (wanted && !version.equals(sent.get(name))) {
                difference.put(name, resource);
                sent.put(name, version);
                absent |= resource == null;
            }
        }
        all = false;
        touched.clear();
        return difference;
    }

    /** Every name that is wanted; with a wildcard also those that were sent and may be gone. */
    Set<String> wanted(View view) {
        Set<String> wanted = new LinkedHashSet<>(names);
        if (wildcard) {
            view.all(type).forEach(each -> wanted.add(each.name()));
            wanted.addAll(sent.keySet());
        }
        return wanted;
    }

    /** Forgets those that a response said are gone. */
    void forgetAbsent() {
        if (absent && wildcard) {
            sent.entrySet().removeIf(each -> each.getValue().equals(ABSENT) && !names.contains(each.getKey()));
        }
        absent = false;
    }

    boolean hasChanges() {
        return all || !touched.isEmpty();
    }

    /** Whether nothing was sent yet: a first response is due even if it is empty. */
    boolean first() {
        return first;
    }

    /** Notes that a response was sent; returns when what it has began to change, 0 where the client asked for it. */
    long sent(String withNonce) {
        long from = since;
        since = 0;
        nonce = withNonce;
        waits = true;
        first = false;
        return from;
    }

    boolean waits() {
        return waits;
    }

    /** Whether a request was made in sight of the last response. */
    boolean newest(String other) {
        return other.equals(nonce);
    }

    /** The client took the last response up, or refused it with this text. */
    void answered(String refusal) {
        waits = false;
        rejected = refusal;
    }

    /** What the client refused, empty for nothing. */
    String rejected() {
        return rejected;
    }
}
