package io.laneway.gateway.traffic.request;

import io.laneway.gateway.protocol.grpcweb.WebCall;
import io.laneway.gateway.protocol.stream.Conversion;
import io.laneway.gateway.protocol.stream.ConvertedBody;
import io.laneway.gateway.runtime.record.ListenerStats;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.upstream.policy.ServiceRules;
import io.laneway.router.policy.GrpcClients;

/** Which requests become calls of gRPC, as the policies of their services say. Stateless. */
public final class Conversions {

    private Conversions() {}

    /**
     * Converts a request whose service is known, if that wants it.
     *
     * @param body takes the body as it is converted
     */
    public static void settle(ExchangeContext context, ConvertedBody body) {
        ServiceRules rules = context.facts().decided ? context.serviceRules() : null;
        GrpcClients grpc = rules == null ? null : rules.policy().grpc();
        if (rules == null || grpc == null || context.facts().passedThrough) {
            return;
        }
        ListenerStats stats =
                context.listener().observer().listener(context.listener().name());
        Conversion conversion = grpc.web() ? WebCall.begin(context.request(), context.downstream(), body) : null;
        if (conversion != null) {
            stats.fromGrpcWeb.increment();
        } else if (rules.transcoder() != null && !context.grpc().active()) {
            conversion = rules.transcoder().begin(context.request(), context.downstream(), body);
            if (conversion != null) {
                stats.fromJson.increment();
            }
        }
        if (conversion != null) {
            context.convert(conversion);
        }
    }
}
