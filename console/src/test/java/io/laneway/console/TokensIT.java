package io.laneway.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.console.browser.Tab;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An API that wants to know who looks. */
class TokensIT {

    private static final Pattern SECRET = Pattern.compile("\"token\":\"([^\"]+)\"");

    @TempDir
    private Path directory;

    private static String token(Place place, String role, String... headers) {
        Matcher secret = SECRET.matcher(place.call(
                "POST", "/v1/tokens", "{\"subject\": \"" + role + "-1\", \"role\": \"" + role + "\"}", headers));
        assertThat(secret.find()).isTrue();
        return secret.group(1);
    }

    private static void signIn(Tab tab, String token) {
        tab.until("document.querySelector('dialog.login')?.open");
        tab.fill("dialog input", "Token", token);
        tab.click("dialog button[type=submit]", "Use it");
    }

    @Test
    void aTokenIsPastedKeptInMemoryAndForgotten() throws Exception {
        try (Site site = Site.open(directory)) {
            String admin = token(site.place, "admin");
            String viewer = token(site.place, "viewer", "Authorization", "Bearer " + admin);
            try (Tab tab = site.tab()) {
                tab.open("/console/");
                signIn(tab, viewer);
                tab.sees("3 lanes");
                tab.sees("Live");
                assertThat(tab.eval("JSON.stringify([sessionStorage, localStorage, location.href])")
                                .asText())
                        .doesNotContain(viewer);
                mayNot(tab);
                tab.open("/console/tokens");
                signIn(tab, "wrong-" + admin);
                signIn(tab, admin);
                tab.sees("viewer-1");
                tab.click("nav button", "Forget it");
                tab.until("!document.body.innerText.includes('viewer-1')");
            }
        }
    }

    /** What the role may not do is there, and says why it cannot be done; nothing of it happens. */
    private static void mayNot(Tab tab) {
        tab.click("main .lead a", "f-1");
        tab.click("main button", "Drop");
        tab.until("document.body.innerText.includes('viewer') && document.body.innerText.includes('releaser')");
    }
}
