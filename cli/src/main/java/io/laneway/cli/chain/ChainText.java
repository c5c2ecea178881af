package io.laneway.cli.chain;

import io.laneway.router.chain.Blame;
import io.laneway.router.chain.Chain;
import io.laneway.router.chain.Hop;

/** A chain for a person. Stateless. */
final class ChainText {

    private ChainText() {}

    /** A line for each hop, indented by its depth, then who failed first. */
    static String of(String name, Chain chain) {
        StringBuilder text = new StringBuilder("request ").append(name).append('\n');
        for (Chain.Link link : chain.links()) {
            Hop hop = link.hop();
            text.append("  ".repeat(link.depth() + 1))
                    .append(hop.gateway().isEmpty() ? "" : hop.gateway() + ": ")
                    .append(hop.method() + " " + hop.path() + " > " + hop.service())
                    .append(hop.lane().isEmpty() ? "" : "@" + hop.lane())
                    .append(": " + (hop.status() == 0 ? "no response" : hop.status()))
                    .append(hop.grpcStatus().isEmpty() ? "" : ", grpc-status " + hop.grpcStatus())
                    .append(hop.hasFlags() ? " " + hop.flags() : "")
                    .append(" after " + hop.duration().toMillis() + " ms")
                    .append(link.failed() ? "  FAILED\n" : "\n");
        }
        text.append("  ").append(failed(chain));
        return text.toString().replaceAll("[\\p{Cntrl}&&[^\n]]", "?");
    }

    /** Who failed first, in one line. */
    static String failed(Chain chain) {
        Blame blame = chain.failed();
        return blame == null ? "nothing failed" : "failed first: " + blame.why();
    }
}
