package io.laneway.k8s.testkit;

import static io.laneway.k8s.testkit.Made.service;
import static io.laneway.k8s.testkit.Made.slice;

import io.fabric8.kubernetes.api.model.Service;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * An API server in a process of its own that holds {@code args[0]} services of {@code args[1]} lanes. Prints its address;
 * takes lines {@code NAME ADDRESS:PORT}, each of which makes a Service with one ready endpoint, and {@code NAME}, which deletes
 * it, and ends with its input.
 */
public final class LargeClusterMain {

    private LargeClusterMain() {}

    public static void main(String[] args) throws IOException {
        int services = Integer.parseInt(args[0]);
        int lanes = Integer.parseInt(args[1]);
        try (FakeApiServer api = new FakeApiServer();
                BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (int i = 0; i < services * lanes; i++) {
                Service one = service("app-" + i / lanes, i % lanes == 0 ? "master" : "f-" + i % lanes, "http-80")
                        .build();
                api.put(one);
                api.put(slice(one, "10." + i / 62_500 + "." + i / 250 % 250 + "." + i % 250)
                        .build());
            }
            api.compact();
            System.out.println(api.url());
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                String[] parts = order.split("[ :]", 3);
                Service one = service(parts[0], "master", "http-" + (parts.length == 1 ? "80" : parts[2]))
                        .build();
                if (parts.length == 1) {
                    api.delete(slice(one).build());
                    api.delete(one);
                } else {
                    api.put(one);
                    api.put(slice(one, parts[1]).build());
                }
            }
        }
    }
}
