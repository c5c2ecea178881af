package io.laneway.kafka.watch;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * A watch of groups with its admin client, which all consumers of a process share that look at the same in the same way.
 * Safe for many threads.
 */
public final class GroupWatch<T, L extends Callable<T>> implements AutoCloseable {

    private final Groups groups;
    private final L look;
    private final Watch<T> watch;

    private GroupWatch(Groups groups, L look, Watch<T> watch) {
        this.groups = groups;
        this.look = look;
        this.watch = watch;
    }

    /** What makes two watches the same; clients differ in their ids alone. */
    private record Key(Map<String, Object> admin, String baseGroup, String name, Duration interval) {}

    /**
     * A lease of the watch.
     *
     * @param admin     properties of the admin client
     * @param name      what is looked at
     * @param look      how it is looked at, given the groups
     */
    public static <T, L extends Callable<T>> Shared<GroupWatch<T, L>> lease(
            Map<String, Object> admin, String baseGroup, String name, Duration interval, Function<Groups, L> look) {
        Map<String, Object> same = new HashMap<>(admin);
        same.remove(AdminClientConfig.CLIENT_ID_CONFIG);
        return Shared.lease(new Key(same, baseGroup, name, interval), () -> {
            Groups groups = new Groups(Admin.create(admin), baseGroup);
            L call = look.apply(groups);
            return new GroupWatch<>(groups, call, new Watch<>(name, interval, call));
        });
    }

    /** The groups. */
    public Groups groups() {
        return groups;
    }

    /** What looks. */
    public L look() {
        return look;
    }

    /** The watch. */
    public Watch<T> watch() {
        return watch;
    }

    @Override
    public void close() {
        watch.close();
        groups.close();
    }
}
