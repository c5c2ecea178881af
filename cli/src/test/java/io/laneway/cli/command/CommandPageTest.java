package io.laneway.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/reference/cli.md is what the commands say of themselves. */
class CommandPageTest {

    private static final Path PAGE = Path.of("../docs/reference/cli.md");

    @Test
    void thePageHasTheCommandsAndOptionsThatThereAre() throws IOException {
        String page = CommandPage.of(Laneway.commandLine());
        if (Boolean.getBoolean("laneway.docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).as("written by -Dlaneway.docs.write=true").hasContent(page);
    }
}
