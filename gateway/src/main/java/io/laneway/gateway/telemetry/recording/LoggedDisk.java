package io.laneway.gateway.telemetry.recording;

import io.laneway.replay.record.DiskListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs when a recording cannot be written, and when it can again. Stateless. */
record LoggedDisk(String recording) implements DiskListener {

    private static final Logger log = LoggerFactory.getLogger(LoggedDisk.class);

    @Override
    public void failed(String reason) {
        log.atWarn()
                .addKeyValue("recording", recording)
                .addKeyValue("reason", reason)
                .log("the recording cannot be written: its requests are dropped until it can");
    }

    @Override
    public void recovered() {
        log.atInfo().addKeyValue("recording", recording).log("the recording is written again");
    }
}
