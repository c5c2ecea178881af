package io.laneway.control.gateways;

/** Takes the reports of gateways, whichever replica got them. Safe for many threads; must not block. */
public interface ReportListener {

    /**
     * A gateway reported.
     *
     * @param at milliseconds since 1970
     */
    void reported(String gateway, GatewayReport report, long at);

    /** A gateway is gone for good. */
    void forgotten(String gateway);
}
