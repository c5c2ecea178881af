package io.laneway.gateway.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDescriptorsTest {

    @Test
    void oneThatIsOpenedIsCounted(@TempDir Path dir) throws Exception {
        Path file = Files.createFile(dir.resolve("file"));
        long before = FileDescriptors.open().orElseThrow();
        List<InputStream> opened = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                opened.add(Files.newInputStream(file));
            }
            assertThat(FileDescriptors.open().orElseThrow()).isBetween(before + 40, before + 60);
        } finally {
            for (InputStream each : opened) {
                each.close();
            }
        }
    }

    @Test
    void moreMayBeOpenThanAre() {
        assertThat(FileDescriptors.most().orElseThrow())
                .isGreaterThan(FileDescriptors.open().orElseThrow());
    }
}
