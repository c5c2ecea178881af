package io.laneway.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.console.browser.Tab;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The requests that a gateway sheds for overload: in its report, in the overview, on the page of gateways. */
class ShedIT {

    private static final String UNFINISHED =
            "POST /cart/1 HTTP/1.1\r\nhost: cart.test\r\nx-tenant-id: t\r\ncontent-length: 9\r\n\r\n123";

    @Test
    void whatAGatewayShedsIsShownOnThePageOfGateways(@TempDir Path directory) throws IOException {
        try (Site site = Site.open(directory)) {
            int small = site.place.gateway("small", directory.resolve("small.yaml"), "overload: {maxRequests: 1}");
            try (Socket held = new Socket(InetAddress.getLoopbackAddress(), site.place.edge(small));
                    Tab tab = site.tab()) {
                held.getOutputStream().write(UNFINISHED.getBytes(StandardCharsets.UTF_8));
                await().until(() ->
                        site.place.request(small, "cart", "", "t", 200).statusCode() == 503);
                site.place.request(small, "cart", "", "t", 200);
                site.place.request(small, "cart", "", "t", 200);
                tab.open("/console/gateways");
                tab.until(
                        "Number([...document.querySelectorAll('main tbody tr')].find((row) => row.innerText.startsWith('small'))"
                                + "?.querySelector('td.warn[title]')?.innerText) >= 3");
                assertThat(tab.eval(
                                        "[...document.querySelectorAll('main tbody tr')].filter((row) => row.querySelector('td.warn[title]')).length")
                                .asInt())
                        .isEqualTo(1);
                assertThat(site.place.call("GET", "/v1/overview", "")).containsPattern("\"shed\":[3-9]");
            }
        }
    }
}
