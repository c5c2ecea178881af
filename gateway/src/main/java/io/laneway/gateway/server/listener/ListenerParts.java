package io.laneway.gateway.server.listener;

import io.laneway.gateway.protocol.tls.CertificateEnd;
import io.laneway.gateway.protocol.tls.ServerTls;
import io.laneway.gateway.protocol.tls.UpstreamTlsContexts;
import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.runtime.lifecycle.Opened;
import io.laneway.gateway.runtime.limit.FleetRates;
import io.laneway.gateway.traffic.authorize.Authorizers;
import io.laneway.gateway.traffic.filter.Filters;
import io.laneway.gateway.traffic.link.Links;
import io.laneway.gateway.traffic.page.ErrorPages;
import io.laneway.gateway.traffic.token.Tokens;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What listeners look at or ask beside the table, in common for all event loops: certificates, tokens, links, authorizers,
 * pages, filters of one's own, rates of a fleet. Safe for many threads.
 */
public final class ListenerParts implements AutoCloseable {

    private final Opened opened = new Opened();
    private final Filters filters;
    private final @Nullable FleetRates rates;
    private final @Nullable ErrorPages pages;
    private final Links links;
    private final Tokens tokens;
    private final Authorizers authorizers;
    private final ServerCertificates certificates;

    /**
     * Opens all that the configuration names.
     *
     * @param loops   how many event loops there are
     * @param filters are closed with these, also where one of the others cannot be had
     * @throws IllegalStateException if a file, or what it holds, cannot be had; nothing is left open then
     */
    ListenerParts(
            GatewayConfig config,
            DataPlaneEnvironment environment,
            UpstreamTlsContexts upstreamTls,
            int loops,
            Filters filters) {
        this.filters = opened.add(filters);
        try {
            this.rates = FleetRates.of(config.rates(), environment.nanos());
            if (rates != null) {
                opened.add(rates);
            }
            this.pages = ErrorPages.of(config.errorPages());
            if (pages != null) {
                opened.add(pages);
            }
            this.links = opened.add(Links.of(config));
            this.tokens = opened.add(Tokens.of(config, environment.clock(), environment.nanos()));
            this.authorizers = Authorizers.of(config.listeners(), loops);
            this.certificates = opened.add(new ServerCertificates(config, upstreamTls));
        } catch (RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }

    /** What a listener has of them. */
    ListenerShare of(ListenerConfig listener) {
        return new ListenerShare(
                tokens.of(listener.name()),
                authorizers.of(listener.name()),
                links.of(listener.name()),
                pages,
                filters.of(listener.name()),
                rates);
    }

    /** The TLS of a listener, null if it speaks in the clear. */
    @Nullable
    ServerTls tls(ListenerConfig listener) {
        return certificates.of(listener);
    }

    /** What is wrong with certificate files now, by listener or as {@code upstream}; those in force are older. */
    public Map<String, String> tlsProblems() {
        return certificates.problems();
    }

    /** When the certificates in force end, by listener; those shown to endpoints as {@code upstream}. */
    public Map<String, List<CertificateEnd>> certificateEnds() {
        return certificates.ends();
    }

    /** The tokens that listeners look at. */
    public Tokens tokens() {
        return tokens;
    }

    /** Those whom listeners ask whether requests may pass. */
    public Authorizers authorizers() {
        return authorizers;
    }

    /** The filters of one's own that listeners have. */
    public Filters filters() {
        return filters;
    }

    /** The rates that are counted with other gateways; null if none are. */
    public @Nullable FleetRates rates() {
        return rates;
    }

    /** The signed links that listeners look at. */
    public Links links() {
        return links;
    }

    /** What is wrong with the files of error pages now, while older ones are in force; empty if nothing. */
    public String pageProblem() {
        return pages == null ? "" : pages.problem();
    }

    @Override
    public void close() {
        opened.close();
    }
}
