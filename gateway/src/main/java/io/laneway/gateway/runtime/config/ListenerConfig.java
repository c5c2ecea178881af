package io.laneway.gateway.runtime.config;

import io.laneway.router.decision.ListenerTraits;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.text.Slice;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One address that takes requests. Immutable. docs/reference/configuration.md#listeners.
 *
 * @param lanes         which carriers count; without any, shifts alone decide
 * @param defaultLane   the lane of calls that carry none; null for none; only on internal listeners
 * @param service       the one service behind this listener; null to route by host and path
 * @param unknownHost   what to do with unknown hosts
 * @param tls           null speaks in the clear
 * @param proxyProtocol whether every connection begins with a PROXY protocol header, v1 or v2
 * @param trustedHops   how many proxies of ours are in front of this listener, each of which added an entry at the
 *                      right of {@code x-forwarded-for}; the first one they added names the client
 * @param jwt           which tokens count; null for none, so that claims are read of none; only on external listeners
 * @param entry         how browsers come into lanes; null for no way of their own; only on external listeners
 * @param memory        how lanes are remembered by trace ids
 * @param access        from where requests are taken; null for anywhere
 * @param auth          who is asked whether a request may pass; null for no one
 * @param filters       of one's own, in the order in which requests pass them
 * @param transparent   whose connections the system redirects to it; null for none; only on internal listeners
 */
public record ListenerConfig(
        String name,
        Address address,
        Trust trust,
        CarrierRule lanes,
        @Nullable String defaultLane,
        @Nullable String service,
        UnknownHost unknownHost,
        @Nullable TlsConfig tls,
        boolean proxyProtocol,
        int trustedHops,
        PathConfig paths,
        @Nullable JwtConfig jwt,
        @Nullable EntryConfig entry,
        MemoryConfig memory,
        @Nullable AccessConfig access,
        @Nullable AuthConfig auth,
        List<FilterConfig> filters,
        @Nullable TransparentConfig transparent) {

    public ListenerConfig {
        filters = List.copyOf(filters);
        requireNames(filters);
        if (name.isBlank()) {
            throw new IllegalArgumentException("name: '' (expected: a name)");
        }
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(trust, "trust");
        Objects.requireNonNull(unknownHost, "unknownHost");
        Objects.requireNonNull(paths, "paths");
        Objects.requireNonNull(memory, "memory");
        if (lanes == CarrierRule.SIGNED && trust == Trust.INTERNAL) {
            throw new IllegalArgumentException("lanes: signed on an internal listener (expected: trust: external)");
        }
        if (entry != null && trust == Trust.INTERNAL) {
            throw new IllegalArgumentException("entry: on an internal listener (expected: trust: external)");
        }
        if (defaultLane != null && trust == Trust.EXTERNAL) {
            throw new IllegalArgumentException(
                    "defaultLane: " + defaultLane + " on an external listener (expected: trust: internal)");
        }
        if (jwt != null && trust == Trust.INTERNAL) {
            throw new IllegalArgumentException("jwt: set on an internal listener (expected: trust: external)");
        }
        if (transparent != null) {
            TransparentConfig.check(trust, tls != null, proxyProtocol);
        }
        if (trustedHops < 0) {
            throw new IllegalArgumentException("trustedHops: " + trustedHops + " (expected: >= 0)");
        }
    }

    /** A listener that verifies no tokens, without a way in for browsers, and with the memory of its trust. */
    public ListenerConfig(
            String name,
            Address address,
            Trust trust,
            boolean lanes,
            @Nullable String defaultLane,
            @Nullable String service,
            UnknownHost unknownHost,
            @Nullable TlsConfig tls,
            boolean proxyProtocol,
            int trustedHops,
            PathConfig paths) {
        this(
                name,
                address,
                trust,
                lanes ? CarrierRule.ALL : CarrierRule.NONE,
                defaultLane,
                service,
                unknownHost,
                tls,
                proxyProtocol,
                trustedHops,
                paths,
                null,
                null,
                trust == Trust.INTERNAL ? MemoryConfig.DEFAULT : MemoryConfig.OFF,
                null,
                null,
                List.of(),
                null);
    }

    private static void requireNames(List<FilterConfig> filters) {
        Set<String> names = new HashSet<>();
        for (FilterConfig filter : filters) {
            if (!names.add(filter.name())) {
                throw new IllegalArgumentException(
                        "filters: two named " + filter.name() + " (expected: a name for each)");
            }
        }
    }

    /** The same listener, which believes these tokens. */
    public ListenerConfig with(JwtConfig tokens) {
        return with(tokens, entry, access, auth);
    }

    /** The same listener with that way in. */
    public ListenerConfig entered(@Nullable EntryConfig wayIn) {
        return with(jwt, wayIn, access, auth);
    }

    /** The same listener, which takes requests from there. */
    public ListenerConfig from(AccessConfig sources) {
        return with(jwt, entry, sources, auth);
    }

    /** The same listener, which asks there whether requests may pass. */
    public ListenerConfig authorizedBy(AuthConfig authorizer) {
        return with(jwt, entry, access, authorizer);
    }

    /** The same listener, whose requests pass these filters. */
    public ListenerConfig filteredBy(List<FilterConfig> ones) {
        return with(lanes, jwt, entry, access, auth, ones);
    }

    /** The same listener, on which those carriers count. */
    public ListenerConfig with(CarrierRule carriers) {
        return with(carriers, jwt, entry, access, auth, filters);
    }

    /** The same listener, to which the system redirects connections. */
    public ListenerConfig redirected(TransparentConfig redirection) {
        return new ListenerConfig(
                name,
                address,
                trust,
                lanes,
                defaultLane,
                service,
                unknownHost,
                tls,
                proxyProtocol,
                trustedHops,
                paths,
                jwt,
                entry,
                memory,
                access,
                auth,
                filters,
                redirection);
    }

    private ListenerConfig with(
            @Nullable JwtConfig tokens,
            @Nullable EntryConfig wayIn,
            @Nullable AccessConfig sources,
            @Nullable AuthConfig authorizer) {
        return with(lanes, tokens, wayIn, sources, authorizer, filters);
    }

    private ListenerConfig with(
            CarrierRule carriers,
            @Nullable JwtConfig tokens,
            @Nullable EntryConfig wayIn,
            @Nullable AccessConfig sources,
            @Nullable AuthConfig authorizer,
            List<FilterConfig> ones) {
        return new ListenerConfig(
                name,
                address,
                trust,
                carriers,
                defaultLane,
                service,
                unknownHost,
                tls,
                proxyProtocol,
                trustedHops,
                paths,
                tokens,
                wayIn,
                memory,
                sources,
                authorizer,
                ones,
                transparent);
    }

    /** A listener with the defaults of its trust: internal ones pass unknown hosts through, external ones refuse. */
    public static ListenerConfig of(String name, Address address, Trust trust) {
        UnknownHost unknown = trust == Trust.INTERNAL ? UnknownHost.PASSTHROUGH : UnknownHost.REFUSE;
        return new ListenerConfig(name, address, trust, true, null, null, unknown, null, false, 0, PathConfig.DEFAULT);
    }

    /** Whether what comes is for the application beside the gateway, by redirection. */
    public boolean inbound() {
        return transparent != null && transparent.inbound();
    }

    /** What the decision needs to know of it. */
    public ListenerTraits traits() {
        return new ListenerTraits(
                trust == Trust.INTERNAL,
                lanes != CarrierRule.NONE,
                defaultLane == null ? null : Slice.of(defaultLane),
                service == null ? null : ServiceId.parse(service),
                unknownHost == UnknownHost.PASSTHROUGH,
                lanes == CarrierRule.SIGNED,
                inbound());
    }
}
