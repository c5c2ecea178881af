package io.laneway.gateway.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastKnownGoodTest {

    @TempDir
    Path dir;

    private Path file() {
        return dir.resolve("last-known-good.table");
    }

    @Test
    void readsWhatItWrote() throws Exception {
        Followed kept = new Followed("s-1", Tables.table(7, "f-1"));
        LastKnownGood disk = new LastKnownGood(dir);
        disk.write(new Followed("", Tables.table(1)));
        disk.write(kept);

        assertThat(disk.read().table()).isEqualTo(kept);
        assertThat(dir).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void tablesOfFilesHaveNoStore() throws Exception {
        Followed kept = new Followed("", Tables.table(7));
        new LastKnownGood(dir).write(kept);

        assertThat(new LastKnownGood(dir).read().table()).isEqualTo(kept);
    }

    @Test
    void noFileIsNoProblem() {
        assertThat(new LastKnownGood(dir).read().table()).isNull();
        assertThat(new LastKnownGood(dir).read().problems()).isEmpty();
    }

    @Test
    void ignoresAFileThatWasTornAtAnyByte() throws Exception {
        LastKnownGood disk = new LastKnownGood(dir);
        disk.write(new Followed("s", Tables.table(7, "f-1")));
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length < whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            assertThat(disk.read().table()).as("%s bytes", length).isNull();
            assertThat(disk.read().problems()).hasSize(1);
        }
    }

    @Test
    void ignoresAFileThatWasAltered() throws Exception {
        LastKnownGood disk = new LastKnownGood(dir);
        disk.write(new Followed("s", Tables.table(7, "f-1")));
        Files.writeString(file(), Files.readString(file()).replace("9001", "9002"));

        assertThat(disk.read().table()).isNull();
        assertThat(disk.read().problems().get(0).what()).contains("checksum");
    }

    @Test
    void theKeeperWritesSoonAndOnceMoreWhenClosed() {
        try (TableKeeper keeper = new TableKeeper(dir)) {
            keeper.keep(new Followed("s", Tables.table(1)));
            await().until(() -> Files.exists(file()));
            keeper.keep(new Followed("s", Tables.table(2)));
            keeper.keep(new Followed("s", Tables.table(3)));
        }

        assertThat(new LastKnownGood(dir).read().table().revision()).isEqualTo(3);
    }

    @Test
    void aDirectoryThatCannotBeWrittenStopsNobody() throws Exception {
        Path blocked = dir.resolve("blocked");
        Files.writeString(blocked, "a file, not a directory");
        try (TableKeeper keeper = new TableKeeper(blocked)) {
            assertThat(keeper.read()).isNull();
            keeper.keep(new Followed("s", Tables.table(1)));
        }

        assertThat(blocked).isRegularFile();
    }
}
