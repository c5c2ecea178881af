package io.laneway.router.chain;

/**
 * Who failed first. Immutable.
 *
 * @param hop its place among the chain's links
 * @param name of the service or gateway; empty for the client
 */
public record Blame(int hop, Kind kind, String name, String why) {

    /** Who can fail. */
    public enum Kind {
        SERVICE,
        GATEWAY,
        CLIENT
    }

    static Blame of(int index, Hop hop, boolean root) {
        String where = hop.service()
                + (hop.lane().isEmpty() ? "" : " (lane " + hop.lane() + ")")
                + (hop.endpoint().isEmpty() ? "" : " at " + hop.endpoint());
        if (hop.flagged("UT")) {
            return service(index, hop, where + " did not respond in time");
        }
        if (hop.flagged("UF")) {
            return service(index, hop, where + ": no connection");
        }
        if (hop.flagged("UC")) {
            return service(index, hop, where + " closed the connection");
        }
        if (hop.flagged("UPE")) {
            return service(index, hop, where + " broke the protocol");
        }
        if (hop.status() == 0 && root) {
            return new Blame(index, Kind.CLIENT, "", "the client went away before " + where + " had responded");
        }
        if (hop.status() == 0) {
            return service(index, hop, where + " had not responded when its client gave up");
        }
        return answered(index, hop, where);
    }

    private static Blame answered(int index, Hop hop, String where) {
        String status = hop.status() + (hop.grpcStatus().isEmpty() ? "" : ", grpc-status " + hop.grpcStatus());
        boolean upstreams = !hop.hasFlags() || hop.flagged("URX") || hop.flagged("DC");
        if (upstreams) {
            return service(index, hop, where + " responded " + status);
        }
        String what = hop.flagged("UH") ? ": no usable endpoint" : hop.flagged("NR") ? ": no such service" : "";
        return new Blame(
                index,
                Kind.GATEWAY,
                hop.gateway(),
                "gateway " + hop.gateway() + " responded " + status + " (" + hop.flags() + what + ") for "
                        + (hop.service().isEmpty() ? hop.path() : where));
    }

    private static Blame service(int index, Hop hop, String why) {
        return new Blame(index, Kind.SERVICE, hop.service(), why);
    }
}
