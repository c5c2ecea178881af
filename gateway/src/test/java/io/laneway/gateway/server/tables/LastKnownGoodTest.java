package io.laneway.gateway.server.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
        FollowedTable kept = new FollowedTable("s-1", Tables.table(7, "f-1"));
        LastKnownGood disk = new LastKnownGood(dir);
        disk.write(new FollowedTable("", Tables.table(1)));
        disk.write(kept);

        assertThat(disk.read().table()).isEqualTo(kept);
        assertThat(dir).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void tablesOfFilesHaveNoStore() throws Exception {
        FollowedTable kept = new FollowedTable("", Tables.table(7));
        new LastKnownGood(dir).write(kept);

        assertThat(new LastKnownGood(dir).read().table()).isEqualTo(kept);
    }

    @Test
    void aPartStaysAPart() throws Exception {
        FollowedTable part = new FollowedTable("s", Tables.table(3, "f-1"), true);
        new LastKnownGood(dir).write(part);
        assertThat(new LastKnownGood(dir).read().table()).isEqualTo(part);
    }

    @Test
    void noFileIsNoProblem() {
        assertThat(new LastKnownGood(dir).read().table()).isNull();
        assertThat(new LastKnownGood(dir).read().problems()).isEmpty();
    }

    @Test
    void ignoresAFileThatWasTornAtAnyByte() throws Exception {
        LastKnownGood disk = new LastKnownGood(dir);
        disk.write(new FollowedTable("s", Tables.table(7, "f-1")));
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
        disk.write(new FollowedTable("s", Tables.table(7, "f-1")));
        Files.writeString(file(), Files.readString(file()).replace("9001", "9002"));

        assertThat(disk.read().table()).isNull();
        assertThat(disk.read().problems().get(0).what()).contains("checksum");
    }

    @Test
    void theKeeperWritesSoonAndOnceMoreWhenClosed() {
        try (TableKeeper keeper = new TableKeeper(dir)) {
            keeper.own();
            keeper.keep(new FollowedTable("s", Tables.table(1)));
            await().until(() -> Files.exists(file()));
            keeper.keep(new FollowedTable("s", Tables.table(2)));
            keeper.keep(new FollowedTable("s", Tables.table(3)));
        }

        assertThat(new LastKnownGood(dir).read().table().revision()).isEqualTo(3);
    }

    @Test
    void aDirectoryThatCannotBeWrittenStopsNobody() throws Exception {
        Path blocked = dir.resolve("blocked");
        Files.writeString(blocked, "a file, not a directory");
        try (TableKeeper keeper = new TableKeeper(blocked)) {
            assertThat(keeper.read()).isNull();
            keeper.own();
            keeper.keep(new FollowedTable("s", Tables.table(1)));
        }

        assertThat(blocked).isRegularFile();
    }

    @Test
    void leavesOneOfTheTablesWholeWhenTwoProcessesWriteAtOnce() throws Exception {
        LastKnownGood disk = new LastKnownGood(dir, "reader");
        disk.write(new FollowedTable("s", Tables.table(1, "f-1")));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> writing = new ArrayList<>();
            for (String writer : List.of("one", "two")) {
                LastKnownGood own = new LastKnownGood(dir, writer);
                writing.add(threads.submit(() -> {
                    for (int revision = 1; revision <= 60; revision++) {
                        own.write(new FollowedTable("s", Tables.table(revision, "f-" + writer)));
                    }
                    return null;
                }));
            }
            do {
                assertThat(disk.read().problems()).isEmpty();
            } while (!writing.stream().allMatch(Future::isDone));
            for (Future<?> each : writing) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(disk.read().table().revision()).isEqualTo(60);
        assertThat(dir).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void theKeeperWritesOnlyWhileTheFileIsItsOwn() throws Exception {
        FollowedTable later = new FollowedTable("s", Tables.table(9));
        try (TableKeeper keeper = new TableKeeper(new LastKnownGood(dir), Duration.ZERO)) {
            keeper.keep(new FollowedTable("s", Tables.table(1)));
            assertThat(file()).doesNotExist();
            keeper.own();
            await().until(() -> Files.exists(file()));
            keeper.disown();
            new LastKnownGood(dir).write(later);
            keeper.keep(new FollowedTable("s", Tables.table(2)));
        }
        assertThat(new LastKnownGood(dir).read().table()).isEqualTo(later);
    }

    @Test
    void theKeeperTriesAgainWhenTheDiskWasFull() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "no device that is always full here");
        FollowedTable kept = new FollowedTable("s", Tables.table(7));
        LastKnownGood disk = new LastKnownGood(dir, "x");
        Files.createSymbolicLink(dir.resolve("last-known-good.table.x.new"), Path.of("/dev/full"));
        assertThatThrownBy(() -> disk.write(kept)).isInstanceOf(IOException.class);
        Files.createSymbolicLink(dir.resolve("last-known-good.table.x.new"), Path.of("/dev/full"));
        try (TableKeeper keeper = new TableKeeper(disk, Duration.ZERO)) {
            keeper.own();
            keeper.keep(kept);
            await().until(() -> Files.exists(file()));
        }
        assertThat(new LastKnownGood(dir).read().table()).isEqualTo(kept);
    }

    @Test
    void sweepsWhatAProcessThatDiedLeftBeside() throws Exception {
        Path left = Files.writeString(dir.resolve("last-known-good.table.1-abc.new"), "half");
        Path others = Files.writeString(dir.resolve("last-known-good.table.2-abc.new"), "half");
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minusSeconds(3600)));
        new LastKnownGood(dir).write(new FollowedTable("s", Tables.table(7)));
        assertThat(left).doesNotExist();
        assertThat(others).exists();
    }
}
