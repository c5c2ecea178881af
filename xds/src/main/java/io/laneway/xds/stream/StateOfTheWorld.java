package io.laneway.xds.stream;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.laneway.xds.resource.Resource;
import io.laneway.xds.resource.View;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The variant in which a request names all that is wanted, and a response of clusters or listeners has all of that. Stateless.
 */
final class StateOfTheWorld implements Wire<DiscoveryRequest, DiscoveryResponse> {

    @Override
    public Node node(DiscoveryRequest request) {
        return request.getNode();
    }

    @Override
    public String type(DiscoveryRequest request) {
        return request.getTypeUrl();
    }

    @Override
    public String nonce(DiscoveryRequest request) {
        return request.getResponseNonce();
    }

    @Override
    public List<String> names(DiscoveryRequest request) {
        return request.getResourceNamesList();
    }

    @Override
    public String refusal(DiscoveryRequest request) {
        return request.hasErrorDetail() ? request.getErrorDetail().getMessage() + " " : "";
    }

    @Override
    public boolean countsStale() {
        return false;
    }

    @Override
    public void subscribe(Subscription subscription, DiscoveryRequest request, boolean begins) {
        Set<String> wanted = new HashSet<>(request.getResourceNamesList());
        if (wanted.isEmpty() && subscription.type().whole() && (begins || subscription.wildcard())) {
            subscription.wildcard(true);
            return;
        }
        subscription.wildcard(wanted.remove("*"));
        List.copyOf(subscription.names()).stream()
                .filter(name -> !wanted.contains(name))
                .forEach(subscription::unsubscribe);
        wanted.removeAll(subscription.names());
        wanted.forEach(subscription::subscribe);
    }

    @Override
    public @Nullable DiscoveryResponse response(Subscription subscription, View view, String nonce, String version) {
        Map<String, @Nullable Resource> difference = subscription.difference(view);
        boolean first = subscription.first() && subscription.type().whole();
        List<Resource> resources = new ArrayList<>();
        if (subscription.type().whole() && (first || !difference.isEmpty())) {
            for (String name : subscription.wanted(view)) {
                add(resources, view.get(subscription.type(), name));
            }
        } else {
            difference.values().forEach(each -> add(resources, each));
        }
        subscription.forgetAbsent();
        if ((difference.isEmpty() && !first)
                || (resources.isEmpty() && !subscription.type().whole())) {
            return null;
        }
        DiscoveryResponse.Builder response = DiscoveryResponse.newBuilder()
                .setTypeUrl(subscription.type().url())
                .setVersionInfo(version)
                .setNonce(nonce);
        resources.forEach(each -> response.addResources(each.body()));
        return response.build();
    }

    private static void add(List<Resource> resources, @Nullable Resource resource) {
        if (resource != null) {
            resources.add(resource);
        }
    }
}
