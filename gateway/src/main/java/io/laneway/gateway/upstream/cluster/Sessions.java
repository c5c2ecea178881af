package io.laneway.gateway.upstream.cluster;

import io.laneway.gateway.upstream.endpoint.LiveEndpoint;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of a cluster by the values that stand for them in session cookies, and which of them keep their sessions
 * now. Weights do not count: an endpoint of weight 0 gets nothing new and keeps what it has. Immutable.
 */
final class Sessions {

    private final long[] values;
    private final ClusterMember[] members;
    private final boolean[] keep;

    /** @param keeps whether an endpoint keeps its sessions now */
    Sessions(List<ClusterMember> all, Predicate<LiveEndpoint> keeps) {
        this.members = all.stream()
                .sorted(Comparator.comparingLong(ClusterMember::session))
                .toArray(ClusterMember[]::new);
        this.values = Arrays.stream(members).mapToLong(ClusterMember::session).toArray();
        this.keep = new boolean[members.length];
        for (int i = 0; i < keep.length; i++) {
            keep[i] = keeps.test(members[i].endpoint());
        }
    }

    /** The endpoint that keeps the session of a cookie, null if there is none; one that was tried keeps none. */
    @Nullable
    ClusterMember find(SessionCookie cookie, List<LiveEndpoint> tried) {
        cookie.search();
        for (int i = 0; i < cookie.count(); i++) {
            int at = Arrays.binarySearch(values, cookie.value(i));
            if (at < 0) {
                continue;
            }
            cookie.belongs(i);
            if (keep[at] && !tried.contains(members[at].endpoint())) {
                return members[at];
            }
        }
        return null;
    }
}
