package io.laneway.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Asks at a fixed rate and prints the latencies as one JSON object. A request is due at its time whether or not earlier
 * ones were answered, and its latency counts from then, so a proxy that stalls is charged for all that waited
 * (coordinated omission corrected).
 *
 * <p>Arguments: port, connections, requests a second, seconds, path, then header fields as {@code name: value}. Two more
 * seconds at the same rate go before and are not counted. Needs nothing but the JDK.
 */
public final class FixedRate {
    private static final int WARM_SECONDS = 2;

    private FixedRate() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 5) {
            System.err.println("usage: FixedRate PORT CONNECTIONS RATE SECONDS PATH [HEADER: VALUE]...");
            System.exit(2);
        }
        InetSocketAddress target =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        double rate = Double.parseDouble(arguments[2]);
        byte[] request = request(arguments[4], List.of(arguments).subList(5, arguments.length));
        try (Pacer pacer = new Pacer(target, Integer.parseInt(arguments[1]), request)) {
            pacer.run(rate, WARM_SECONDS);
            pacer.reset();
            pacer.run(rate, Integer.parseInt(arguments[3]));
            System.out.println(json(rate, pacer));
        }
    }

    private static byte[] request(String path, List<String> fields) {
        StringBuilder head = new StringBuilder("GET ").append(path).append(" HTTP/1.1\r\n");
        fields.forEach(field -> head.append(field).append("\r\n"));
        return head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String json(double rate, Pacer pacer) {
        LatencyHistogram latencies = pacer.latencies();
        return String.format(
                Locale.ROOT,
                "{\"rate\": %.0f, \"requests\": %d, \"bad\": %d, \"unsent\": %d, \"p50\": %.1f, \"p99\": %.1f,"
                        + " \"p999\": %.1f, \"longest\": %.1f}",
                rate,
                latencies.total(),
                pacer.bad(),
                pacer.unsent(),
                latencies.quantile(0.5) / 1e3,
                latencies.quantile(0.99) / 1e3,
                latencies.quantile(0.999) / 1e3,
                latencies.longest() / 1e3);
    }
}
