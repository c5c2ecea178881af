package io.laneway.cli.record;

import io.laneway.replay.file.RecordingWriter;
import java.io.IOException;

/** Requests that gateways recorded somewhere else than into files. */
interface FetchedRecording {

    /** Writes them all and says how many they are. Blocks. */
    long writeTo(RecordingWriter writer) throws IOException;
}
