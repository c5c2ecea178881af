package io.laneway.xds.stream;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.laneway.xds.resource.Resource;
import io.laneway.xds.resource.View;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variant in which requests add and remove names, and responses have what changed alone. Stateless. */
final class Incremental implements Wire<DeltaDiscoveryRequest, DeltaDiscoveryResponse> {

    @Override
    public Node node(DeltaDiscoveryRequest request) {
        return request.getNode();
    }

    @Override
    public String type(DeltaDiscoveryRequest request) {
        return request.getTypeUrl();
    }

    @Override
    public String nonce(DeltaDiscoveryRequest request) {
        return request.getResponseNonce();
    }

    @Override
    public List<String> names(DeltaDiscoveryRequest request) {
        return request.getResourceNamesSubscribeList();
    }

    @Override
    public String refusal(DeltaDiscoveryRequest request) {
        return request.hasErrorDetail() ? request.getErrorDetail().getMessage() + " " : "";
    }

    @Override
    public boolean countsStale() {
        return true;
    }

    @Override
    public void subscribe(Subscription subscription, DeltaDiscoveryRequest request, boolean begins) {
        if (begins && request.getResourceNamesSubscribeCount() == 0) {
            subscription.wildcard(true);
        }
        request.getResourceNamesSubscribeList().forEach(subscription::subscribe);
        request.getResourceNamesUnsubscribeList().forEach(subscription::unsubscribe);
        if (begins) {
            request.getInitialResourceVersionsMap().forEach(subscription::known);
        }
    }

    @Override
    public @Nullable DeltaDiscoveryResponse response(
            Subscription subscription, View view, String nonce, String version) {
        Map<String, @Nullable Resource> difference = subscription.difference(view);
        boolean first = subscription.first() && subscription.wildcard();
        subscription.forgetAbsent();
        if (difference.isEmpty() && !first) {
            return null;
        }
        DeltaDiscoveryResponse.Builder response = DeltaDiscoveryResponse.newBuilder()
                .setTypeUrl(subscription.type().url())
                .setSystemVersionInfo(version)
                .setNonce(nonce);
        difference.forEach((name, resource) -> {
            if (resource == null) {
                response.addRemovedResources(name);
            } else {
                response.addResources(io.envoyproxy.envoy.service.discovery.v3.Resource.newBuilder()
                        .setName(name)
                        .setVersion(resource.version())
                        .setResource(resource.body()));
            }
        });
        return response.build();
    }
}
