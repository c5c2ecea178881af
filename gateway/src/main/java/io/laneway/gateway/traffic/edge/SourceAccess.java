package io.laneway.gateway.traffic.edge;

import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.runtime.config.AccessConfig;
import io.laneway.gateway.runtime.network.IpAddress;
import io.laneway.gateway.runtime.network.NetworkSet;
import io.laneway.gateway.runtime.record.ResponseFlag;
import io.laneway.router.text.Slice;
import org.jspecify.annotations.Nullable;

/**
 * From where a listener takes requests. A source that is no IP address, as a proxy may say, is in no network and is refused,
 * so that not even {@code deny} alone can be got round. Confined to one event loop.
 */
final class SourceAccess {

    static final Failure REFUSED = new Failure(
            Failure.Side.DOWNSTREAM,
            Failure.Stage.REQUEST_HEAD,
            403,
            null,
            ResponseFlag.LR,
            "this listener takes no requests from the client's address");

    private final @Nullable NetworkSet allow;
    private final NetworkSet deny;
    private final IpAddress address = new IpAddress();

    SourceAccess(AccessConfig config) {
        this.allow = config.allow().isEmpty() ? null : new NetworkSet(config.allow());
        this.deny = new NetworkSet(config.deny());
    }

    /** Why a request from there is not taken, null if it is. */
    @Nullable
    Failure refusal(Slice source) {
        boolean taken = address.read(source.array(), source.offset(), source.length())
                && !deny.contains(address)
                && (allow == null || allow.contains(address));
        return taken ? null : REFUSED;
    }
}
