package io.laneway.replay.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.laneway.replay.Records;
import io.laneway.replay.file.FileOpener;
import io.laneway.replay.file.OwnerFile;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordingHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingDirectoryTest {

    private static final long MUCH = 1L << 30;
    private static final Instant BEGUN = Instant.parse("2026-11-30T01:30:00Z");

    @TempDir
    Path root;

    private final List<String> said = new ArrayList<>();
    private final DiskListener disk = new DiskListener() {
        @Override
        public void failed(String reason) {
            said.add(reason);
        }

        @Override
        public void recovered() {
            said.add("recovered");
        }
    };

    private long nanos;

    @Test
    void anotherFileIsBegunBehindOneThatIsFull() throws IOException {
        RecordingDirectory directory = directory(new DirectoryLimits(400, MUCH, MUCH), OwnerFile::create, BEGUN);

        writeEach(directory, 0, 20);
        directory.close();

        List<Path> files = Kept.files(root);
        assertThat(files).hasSizeGreaterThan(3);
        for (Path file : files) {
            assertThat(Files.size(file)).isLessThan(1_000);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                    .isEqualTo("rwx------");
        }
        assertThat(Kept.ids(root)).hasSize(20).doesNotHaveDuplicates();
        assertThat(directory.counts().kept()).isEqualTo(20);
    }

    @Test
    void aRestartDoesNotProlongARecordingThatEndsBySize() throws IOException {
        DirectoryLimits limits = new DirectoryLimits(MUCH, 4_000, MUCH);
        RecordingDirectory first = directory(limits, OwnerFile::create, BEGUN);
        writeEach(first, 0, 5);
        first.close();
        RecordingDirectory second = directory(limits, OwnerFile::create, BEGUN);
        writeEach(second, 5, 100);
        second.close();

        assertThat(second.ended()).isTrue();
        assertThat(second.counts().dropped(DropReason.ENDED)).isPositive();
        assertThat(second.counts().kept() + second.counts().dropped()).isEqualTo(95);
        assertThat(Kept.ids(root)).hasSize((int) (5 + second.counts().kept()));
        long bytes = 0;
        for (Path file : Kept.files(root)) {
            bytes += Files.size(file);
        }
        assertThat(bytes).isBetween(4_000L, 5_000L);
    }

    @Test
    void aLaterRecordingOfTheSameNameHasASizeOfItsOwn() throws IOException {
        DirectoryLimits limits = new DirectoryLimits(MUCH, 1_000, MUCH);
        RecordingDirectory first = directory(limits, OwnerFile::create, BEGUN);
        writeEach(first, 0, 50);
        first.close();

        RecordingDirectory second = directory(limits, OwnerFile::create, BEGUN.plusSeconds(60));
        assertThat(first.ended()).isTrue();
        assertThat(second.ended()).isFalse();
    }

    @Test
    void twoGatewaysOfOneNameWriteIntoOneDirectoryWithoutLoss() throws IOException {
        DirectoryLimits limits = new DirectoryLimits(1_000, MUCH, MUCH);
        RecordingDirectory other = directory(limits, OwnerFile::create, BEGUN);
        // the other one has made the file since this one looked for it
        FileOpener late = file -> {
            if (Files.notExists(file) && file.getFileName().toString().contains("-2.")) {
                OwnerFile.create(file).close();
            }
            return OwnerFile.create(file);
        };
        RecordingDirectory directory = directory(limits, late, BEGUN);
        writeEach(directory, 0, 20);
        writeEach(other, 20, 40);
        writeEach(directory, 40, 60);
        other.close();
        directory.close();

        assertThat(directory.counts().dropped() + other.counts().dropped()).isZero();
        assertThat(directory.counts().kept() + other.counts().kept()).isEqualTo(60);
    }

    @Test
    void whatAFullDiskDidNotTakeIsCountedAndItsFilesAreWhole() throws IOException {
        FullDisk disk = new FullDisk(1_500);
        RecordingDirectory directory = directory(new DirectoryLimits(MUCH, MUCH, MUCH), disk, BEGUN);

        writeEach(directory, 0, 50);
        directory.close();

        RecordingCounts counts = directory.counts();
        assertThat(counts.dropped(DropReason.DISK)).isPositive();
        assertThat(counts.kept()).isPositive();
        assertThat(counts.kept() + counts.dropped()).isEqualTo(50);
        assertThat(Kept.ids(root)).hasSize((int) counts.kept());
    }

    @Test
    void eachChangeOfTheDiskIsSaidOnce() throws IOException {
        FullDisk full = new FullDisk(1_500);
        RecordingDirectory directory = directory(new DirectoryLimits(MUCH, MUCH, MUCH), full, BEGUN);
        for (int i = 0; i < 50; i++) {
            writeEach(directory, i, i + 1);
            nanos += 1_000_000_000;
        }
        assertThat(said).containsExactly("java.io.IOException: No space left on device");

        full.free(10_000);
        writeEach(directory, 50, 60);
        assertThat(said).containsExactly("java.io.IOException: No space left on device", "recovered");

        full.free(-20_000);
        writeEach(directory, 60, 70);
        directory.close();
        assertThat(said).hasSize(3).last().isEqualTo(said.get(0));
    }

    @Test
    void aDiskThatNeverHadRoomLeavesNoFile() throws IOException {
        RecordingDirectory directory = directory(new DirectoryLimits(MUCH, MUCH, MUCH), new FullDisk(10), BEGUN);

        writeEach(directory, 0, 3);
        directory.close();

        assertThat(directory.counts().dropped(DropReason.DISK)).isEqualTo(3);
        assertThat(Kept.files(root)).isEmpty();
    }

    @Test
    void noFileIsBegunBeyondWhatTheDirectoryMayHaveAndNoneIsTakenAway() throws IOException {
        Path other = root.resolve("another.jsonl.gz");
        Files.write(other, new byte[5_000]);
        RecordingDirectory directory = directory(new DirectoryLimits(MUCH, MUCH, 5_000), OwnerFile::create, BEGUN);

        writeEach(directory, 0, 3);
        directory.close();

        assertThat(directory.counts().dropped(DropReason.DISK)).isEqualTo(3);
        assertThat(Kept.files(root)).containsExactly(other);
    }

    @ParameterizedTest
    @ValueSource(strings = {"remove", "rename", "replace", "remove the directory", "rename the directory"})
    void whatFollowsAFileThatWasTakenAwayIsInAnother(String how) throws IOException {
        RecordingDirectory directory = directory(new DirectoryLimits(MUCH, MUCH, MUCH), OwnerFile::create, BEGUN);
        writeEach(directory, 0, 3);
        directory.write(exchange(3));
        Path file = Kept.files(root).get(0);
        takeAway(how, file);

        writeEach(directory, 4, 6);
        for (int i = 6; i < 600; i++) {
            directory.write(exchange(i));
        }
        directory.close();

        assertThat(directory.counts().kept()).isEqualTo(600);
        assertThat(directory.counts().dropped()).isZero();
        List<String> kept = new ArrayList<>(Kept.ids(root.resolve("orders")));
        kept.removeAll(List.of("r-0", "r-1", "r-2"));
        assertThat(kept).startsWith("r-3", "r-4", "r-5").endsWith("r-599").hasSize(597);
    }

    @Test
    void aFileThatWasTakenAwayTakesNoRoomAndItsMemberMayBeFull() throws IOException {
        RecordingDirectory directory = directory(new DirectoryLimits(MUCH, MUCH, MUCH), OwnerFile::create, BEGUN);
        writeEach(directory, 0, 3);
        Files.delete(Kept.files(root).get(0));
        directory.flush();
        assertThat(open()).doesNotContain("(deleted)");
        assertThat(Kept.files(root)).isEmpty();

        directory.write(exchange(3));
        Files.delete(Kept.files(root).get(0));
        for (int i = 4; i < 300; i++) {
            directory.write(exchange(i));
        }
        directory.close();
        assertThat(Kept.ids(root)).hasSize(297).startsWith("r-3");
        assertThat(directory.counts().kept()).isEqualTo(300);
        assertThat(open()).doesNotContain("(deleted)");
    }

    @Test
    void whatHasNoRoomBehindAFileThatWasTakenAwayIsCountedAsDropped() throws IOException {
        Path other = root.resolve("another.jsonl.gz");
        RecordingDirectory directory = directory(new DirectoryLimits(MUCH, MUCH, 5_000), OwnerFile::create, BEGUN);
        directory.write(exchange(0));
        Files.delete(Kept.files(root).get(0));
        Files.write(other, new byte[5_000]);
        directory.flush();

        assertThat(directory.counts().dropped(DropReason.DISK)).isOne();
        assertThat(directory.counts().kept()).isZero();
        Files.delete(other);
        nanos += 1_000_000_000;
        writeEach(directory, 1, 2);
        directory.close();
        assertThat(Kept.ids(root)).containsExactly("r-1");
    }

    private void takeAway(String how, Path file) throws IOException {
        Path aside = root.resolve("aside");
        switch (how) {
            case "remove" -> Files.delete(file);
            case "rename" -> Files.move(file, aside);
            case "replace" -> {
                Files.copy(file, aside);
                Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
            }
            case "remove the directory" -> {
                Files.delete(file);
                Files.delete(file.getParent());
                Files.delete(file.getParent().getParent());
            }
            default -> Files.move(file.getParent().getParent(), aside);
        }
    }

    /** Files that this process has open. */
    private static String open() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        assumeThat(descriptors).as("/proc of Linux").isDirectory();
        StringBuilder open = new StringBuilder();
        try (Stream<Path> each = Files.list(descriptors)) {
            for (Path descriptor : each.toList()) {
                if (Files.isSymbolicLink(descriptor)) {
                    String target = Files.readSymbolicLink(descriptor).toString();
                    open.append(target.contains(".jsonl.gz") ? target + "\n" : "");
                }
            }
        }
        return open.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "", "a/b", "../a", "a\\b", "-a", "a\0"})
    void aNameLeadsOutOfNoDirectory(String name) {
        DirectoryLimits limits = new DirectoryLimits(MUCH, MUCH, MUCH);

        assertThatThrownBy(() ->
                        new RecordingDirectory(root, new RecordingHeader(name, "gw-1", BEGUN, true), limits, disk))
                .hasMessageStartingWith("recording: ");
        assertThatThrownBy(
                        () -> new RecordingDirectory(root, new RecordingHeader("a", name, BEGUN, true), limits, disk))
                .hasMessageStartingWith("gateway: ");
    }

    private RecordingDirectory directory(DirectoryLimits limits, FileOpener opener, Instant begun) {
        RecordingDirectory directory = new RecordingDirectory(
                root, new RecordingHeader("orders", "gw-1", begun, true), limits, opener, disk, () -> nanos);
        directory.begin();
        return directory;
    }

    private static void writeEach(RecordingDirectory directory, int from, int to) {
        for (int i = from; i < to; i++) {
            directory.write(exchange(i));
            directory.flush();
        }
    }

    private static RecordedExchange exchange(int number) {
        Records records = Records.record();
        records.id = "r-" + number;
        return records.make();
    }
}
