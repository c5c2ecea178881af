package io.laneway.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.console.browser.Tab;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording by hand: looked at before it begins, seen while it runs, and stopped. */
class RecordingsPageIT {

    @TempDir
    private Path directory;

    @Test
    void aRecordingIsStartedAndStopped() throws Exception {
        try (Site site = Site.open(directory);
                Tab tab = site.tab()) {
            tab.open("/console/recordings");
            tab.sees("Nothing is recorded.");
            tab.click("main summary", "New recording");
            tab.fill("main form input", "Name", "rec");
            tab.fill("main form input", "Service", "order");
            tab.click("main form button", "Start");
            tab.until("document.querySelector('dialog.change .what')?.innerText.includes('recording rec: added')");
            assertThat(site.place.call("GET", "/v1/recordings", "")).contains("\"recordings\":[]");

            tab.click("dialog button[type=submit]", "Start recording rec");
            tab.until("document.querySelector('main table')?.innerText.includes('runs')");
            assertThat(site.place.call("GET", "/v1/recordings/rec", ""))
                    .contains("\"service\":\"order\"", "\"share\":\"5%\"");

            tab.click("main table button", "rec");
            tab.until("document.querySelector('main table table')?.innerText.includes('edge-1')");
            tab.click("main table button", "Stop");
            tab.until("document.querySelector('dialog.change .what')?.innerText.includes('recording rec: removed')");
            tab.click("dialog button[type=submit]", "Stop recording rec");
            tab.sees("Nothing is recorded.");
            assertThat(tab.faults()).isEmpty();
        }
    }
}
