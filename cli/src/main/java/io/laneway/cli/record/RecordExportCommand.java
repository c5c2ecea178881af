package io.laneway.cli.record;

import io.laneway.cli.run.ProgramVersion;
import io.laneway.replay.file.OwnerFile;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.har.HarWriter;
import io.laneway.replay.socket.WholeSockets;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code laneway record export FILE --har}: for a browser or another program. */
@Command(
        name = "export",
        description = "Writes the requests of a file in another form.",
        mixinStandardHelpOptions = true)
final class RecordExportCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "a recording or an HTTP Archive")
    private Path file;

    @Option(names = "--har", required = true, description = "as an HTTP Archive 1.2")
    @SuppressWarnings("unused") // the one form there is; named, so that another can be
    private boolean har;

    @Option(names = "--to", paramLabel = "FILE", description = "a new file (default: standard output)")
    private Path to;

    @Override
    public void run() {
        try (RecordFile records = RecordFile.open(file)) {
            if (to == null) {
                write(records, spec.commandLine().getOut());
            } else {
                try (Writer out =
                        new BufferedWriter(Channels.newWriter(OwnerFile.create(to), StandardCharsets.UTF_8))) {
                    write(records, out);
                }
            }
            if (records.tail() != null) {
                spec.commandLine().getErr().println(file + ": " + records.tail());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(RecordFile records, Writer out) throws IOException {
        WholeSockets sockets = new WholeSockets();
        try (HarWriter writer = new HarWriter(out, ProgramVersion.text())) {
            for (RecordedExchange next = records.next(); next != null; next = records.next()) {
                RecordedExchange whole = sockets.add(next);
                if (whole != null) {
                    writer.write(whole);
                }
            }
            for (RecordedExchange each : sockets.rest()) {
                writer.write(each);
            }
        }
        out.write(System.lineSeparator());
        out.flush();
    }
}
