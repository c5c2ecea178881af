package io.laneway.gateway.traffic.request;

import io.laneway.gateway.protocol.grpcweb.WebCall;
import io.laneway.gateway.protocol.stream.Conversion;
import io.laneway.gateway.protocol.stream.ConvertedBody;
import io.laneway.gateway.runtime.record.ListenerStats;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.upstream.policy.ServiceRules;
import io.laneway.router.policy.GrpcClients;
import org.jspecify.annotations.Nullable;

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
        if (rules == null || rules.policy().grpc() == null || context.facts().passedThrough) {
            return;
        }
        Conversion conversion = begin(rules.policy().grpc(), context, body);
        if (conversion != null) {
            context.convert(conversion);
        }
    }

    private static @Nullable Conversion begin(GrpcClients grpc, ExchangeContext context, ConvertedBody body) {
        Conversion web = grpc.web() ? WebCall.begin(context.request(), context.downstream(), body) : null;
        if (web != null) {
            stats(context).fromGrpcWeb.increment();
        }
        return web;
    }

    private static ListenerStats stats(ExchangeContext context) {
        return context.listener().observer().listener(context.listener().name());
    }
}
