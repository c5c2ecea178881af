package io.laneway.gateway.traffic.authorize;

import io.laneway.gateway.runtime.config.AuthConfig;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.upstream.cluster.ConfiguredCluster;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The authorizations of all listeners that have one. Safe for many threads. */
public final class Authorizers {

    private final Map<String, ListenerAuth> byListener = new LinkedHashMap<>();

    private Authorizers() {}

    /** @param loops how many event loops there are */
    public static Authorizers of(List<ListenerConfig> listeners, int loops) {
        Authorizers all = new Authorizers();
        long heap = Runtime.getRuntime().maxMemory();
        for (ListenerConfig listener : listeners) {
            AuthConfig auth = listener.auth();
            if (auth != null) {
                AuthConfig.Authorizer who = auth.authorizer();
                ConfiguredCluster cluster = new ConfiguredCluster(
                        "authorizer",
                        who.address(),
                        who.protocol() == AuthConfig.Protocol.GRPC,
                        who.secure(),
                        who.tls());
                all.byListener.put(listener.name(), new ListenerAuth(listener.name(), auth, cluster.open(loops), heap));
            }
        }
        return all;
    }

    /** Of a listener, null if it has none. */
    public @Nullable ListenerAuth of(String listener) {
        return byListener.get(listener);
    }

    /** All of them. */
    public List<ListenerAuth> all() {
        return List.copyOf(byListener.values());
    }
}
