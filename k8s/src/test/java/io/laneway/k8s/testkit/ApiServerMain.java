package io.laneway.k8s.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * A {@link Cluster} as a process of its own, for tests of modules whose libraries cannot live beside the mock server's.
 * Says on its output the mock server's port and the wire's; takes {@code cut} and {@code mend} from its input, and ends
 * with it.
 */
public final class ApiServerMain {

    private ApiServerMain() {}

    public static void main(String[] args) throws IOException {
        try (Cluster cluster = new Cluster();
                BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(cluster.server().getPort() + " " + cluster.wire().port());
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                if (order.equals("cut")) {
                    cluster.wire().cut();
                } else if (order.equals("mend")) {
                    cluster.wire().mend();
                }
                System.out.println(order);
            }
        }
    }
}
