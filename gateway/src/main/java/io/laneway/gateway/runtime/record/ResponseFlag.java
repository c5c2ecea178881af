package io.laneway.gateway.runtime.record;

/** Why an exchange did not end as a response of the upstream: Envoy's access-log flags and their words. */
public enum ResponseFlag {
    /** Nothing special: the upstream answered. */
    NONE("-"),
    /** No usable endpoint. */
    UH("UH"),
    /** Could not connect to the upstream. */
    UF("UF"),
    /** The upstream closed or reset the connection before or amid its response. */
    UC("UC"),
    /** The upstream did not answer in time. */
    UT("UT"),
    /** No route for this host and path. */
    NR("NR"),
    /** The client went away. */
    DC("DC"),
    /** Rate limited. */
    RL("RL"),
    /** A limit of connections, pending or concurrent requests was reached. */
    UO("UO"),
    /** All permitted retries failed. */
    URX("URX"),
    /** The client's request broke the protocol or a limit. */
    DPE("DPE"),
    /** The client was too slow to send its head or body. */
    SI("SI"),
    /** The gateway itself is overloaded and shed the request. */
    OM("OM"),
    /** Delay or abort by fault injection. */
    FI("FI"),
    /** The authorizer denied the request, or could not be asked. */
    UAEX("UAEX"),
    /** A filter of one's own responded. */
    FR("FR"),
    /** A filter of one's own failed, or was too late. */
    FF("FF"),
    /** The upstream broke the protocol. */
    UPE("UPE"),
    /** The gateway replied itself for a reason without a flag of its own, such as a loop. */
    LR("LR");

    private final String word;

    ResponseFlag(String word) {
        this.word = word;
    }

    /** The word in the access log, {@code -} for none. */
    public String word() {
        return word;
    }
}
