package io.laneway.control.link;

import io.laneway.control.table.TableObjects;
import io.laneway.router.link.LinkKey;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneState;
import io.laneway.router.table.delta.TableChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The public keys of lanes over edits. Only making and revoking links changes them: whatever else puts a lane or a whole
 * table, also an older one, keeps the key that the lane has, so that nothing brings revoked links back. The end of a lane
 * ends its links. Stateless.
 */
public final class KeptKeys {

    /** The action of an edit that gives a lane its key. */
    public static final String LINK = "link";

    /** The action of an edit that takes keys away. */
    public static final String UNLINK = "unlink";

    private static final Set<String> ACTIONS = Set.of(LINK, UNLINK);

    private KeptKeys() {}

    /** What an edit leads to. */
    public static TableObjects of(String action, TableObjects before, TableObjects wanted) {
        if (before.lanes().equals(wanted.lanes())) {
            return wanted;
        }
        boolean mayChange = ACTIONS.contains(action);
        List<TableChange> changes = new ArrayList<>();
        for (Lane lane : wanted.lanes().values()) {
            Lane old = before.lane(lane.name());
            LinkKey kept = mayChange ? lane.linkKey() : old == null ? null : old.linkKey();
            LinkKey key = lane.state() == LaneState.EXPIRED ? null : kept;
            if (!Objects.equals(key, lane.linkKey())) {
                changes.add(new TableChange.PutLane(lane.linkedBy(key)));
            }
        }
        return changes.isEmpty() ? wanted : wanted.with(changes);
    }
}
