package io.laneway.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laneway.console.browser.Chromium;
import io.laneway.console.browser.Tab;
import io.laneway.control.ControlApi;
import io.laneway.control.ControlConfig;
import io.laneway.control.auth.AuthConfig;
import io.laneway.control.auth.AuthConfig.Login;
import io.laneway.control.auth.AuthConfig.Oidc;
import io.laneway.testkit.Programs;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person signs in at an OIDC issuer with a real browser, works, and ends what they left open elsewhere. */
class LoginPageIT {

    @TempDir
    private Path directory;

    private static ControlConfig config(Issuer issuer, Path store) {
        Oidc oidc = Oidc.of(issuer.url(), URI.create(issuer.url() + "/jwks"), "laneway")
                .with(new Login(Issuer.CLIENT, "secret", URI.create("http://lanes.example")));
        return ControlConfig.in(store, 0).with(new AuthConfig(oidc, Map.of(), List.of()));
    }

    private static void signIn(Tab tab, String page) throws Exception {
        tab.open(page);
        tab.until("document.querySelector('dialog.login')?.open");
        assertThat(PagesIT.barriers(tab)).as("what keeps people out").isEmpty();
        tab.click("dialog a", "Sign in with your identity provider");
        tab.sees("grace · releaser");
        tab.sees("Live");
    }

    @Test
    void aPersonSignsInWorksAndEndsWhatIsOpenElsewhere() throws Exception {
        assumeTrue(Programs.chromium().isPresent(), "skipped: no Chromium");
        try (Issuer issuer = new Issuer();
                ControlApi control = ControlApi.start(config(issuer, directory.resolve("control")));
                Chromium chromium = Chromium.start(Programs.chromium().orElseThrow(), directory.resolve("profile"));
                Tab here = chromium.tab("http://localhost:" + control.port());
                Tab elsewhere = chromium.tab("http://localhost:" + control.port())) {
            issuer.sendsBackTo(control.port());
            signIn(here, "/console/lint?q=f-1");
            assertThat(here.eval("location.pathname + location.search").asText())
                    .isEqualTo("/console/lint?q=f-1");
            assertThat(here.eval("JSON.stringify([document.cookie, sessionStorage, localStorage])")
                            .asText())
                    .doesNotContain("laneway-session", "eyJ");
            signIn(elsewhere, "/console/");
            here.open("/console/");
            here.click("main button", "New lane");
            here.fill("dialog input", "Name", "f-oidc");
            here.click("dialog button", "Next");
            here.until("document.querySelector('dialog[open] button[type=submit]:not(:disabled)')");
            here.fill("dialog input", "Reason", "a try");
            here.click("dialog button[type=submit]", "Make lane f-oidc");
            elsewhere.sees("1 new");

            here.click("nav button", "Sign out everywhere");
            here.until("document.querySelector('dialog.login')?.open");
            elsewhere.until("document.querySelector('dialog.login')?.open");
            elsewhere.sees("Not signed in");
        }
    }
}
