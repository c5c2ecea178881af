package io.laneway.kafka.lane;

import io.laneway.router.text.Slug;
import java.util.Optional;

/** Names of consumer groups: a lane's group is the base group's name, {@code _}, and the lane's slug. */
public final class LaneGroup {

    private LaneGroup() {}

    /** The group of a lane. */
    public static String of(String baseGroup, String slug) {
        return prefix(baseGroup) + slug;
    }

    /** What the names of all lanes' groups of a base group begin with; rights are granted on it. */
    public static String prefix(String baseGroup) {
        return baseGroup + "_";
    }

    /** The slug of the lane whose group this is; empty for groups that no lane of this base group has. */
    public static Optional<String> slug(String baseGroup, String group) {
        String prefix = prefix(baseGroup);
        if (!group.startsWith(prefix)) {
            return Optional.empty();
        }
        String rest = group.substring(prefix.length());
        return !rest.isEmpty() && Slug.of(rest).equals(rest) ? Optional.of(rest) : Optional.empty();
    }
}
