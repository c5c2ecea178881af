package io.laneway.xds.filter;

import com.google.protobuf.Any;
import io.laneway.router.model.shift.TenantSource;
import io.laneway.router.policy.Cors;
import io.laneway.router.policy.Policy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a policy has HTTP filters do: their configuration at a virtual host or a route, by their names. Immutable. */
public final class ServiceFilters {

    private final Policy policy;
    private final List<TenantSource> tenants;

    /** @param tenants where requests carry their tenant */
    public ServiceFilters(Policy policy, List<TenantSource> tenants) {
        this.policy = policy;
        this.tenants = List.copyOf(tenants);
    }

    /** What of the policy protects the service, and cannot be said. */
    public List<String> unsaid() {
        List<String> keys = new ArrayList<>();
        String rate = policy.rate() == null ? "" : RateFilter.unsaid(policy.rate(), tenants);
        if (!rate.isEmpty()) {
            keys.add(rate);
        }
        if (policy.maxBody() != null && !BodyBound.said(policy.maxBody())) {
            keys.add("policy.maxBody: " + policy.maxBody().bytes() + " bytes");
        }
        return keys;
    }

    /** Whether the policy's fault, if it has one, cannot be made. */
    public boolean withoutFault() {
        return policy.fault() != null && !FaultFilter.said(policy.fault());
    }

    /** Whether requests are counted, which a virtual host does for all of its routes together, and a route for itself alone. */
    public boolean counts() {
        return policy.rate() != null;
    }

    /** What counts requests, for a virtual host. */
    public Map<String, Any> counting() {
        return policy.rate() == null ? Map.of() : Map.of(FilterNames.RATE, RateFilter.of(policy.rate(), tenants));
    }

    /**
     * What holds for all requests that are forwarded.
     *
     * @param cors instead of the policy's, null for the policy's
     */
    public Map<String, Any> always(@Nullable Cors cors) {
        Map<String, Any> filters = new LinkedHashMap<>();
        Cors rules = cors(cors);
        if (rules != null && rules.responses()) {
            filters.put(FilterNames.CORS, CorsFilter.of(rules));
        }
        if (policy.sticky() != null) {
            filters.put(FilterNames.SESSION, SessionFilter.of(policy.sticky()));
        }
        return filters;
    }

    /** What answers preflights; empty where the service answers them. */
    public Map<String, Any> preflights(@Nullable Cors cors) {
        Cors rules = cors(cors);
        return rules == null ? Map.of() : Map.of(FilterNames.CORS, CorsFilter.of(rules));
    }

    private @Nullable Cors cors(@Nullable Cors own) {
        return own == null ? policy.cors() : own;
    }

    /** The policy's fault; empty for none. */
    public Map<String, Any> fault() {
        return policy.fault() == null || withoutFault()
                ? Map.of()
                : Map.of(FilterNames.FAULT, FaultFilter.of(policy.fault()));
    }
}
