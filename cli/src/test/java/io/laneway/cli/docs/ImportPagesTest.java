package io.laneway.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.cli.command.Laneway;
import io.laneway.router.codec.TableReader;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The example of each page on coming from another proxy becomes the table that the page shows. */
class ImportPagesTest {

    @TempDir
    Path folder;

    static Stream<Page> pages() {
        return Page.all().stream()
                .filter(page -> page.path().getFileName().toString().startsWith("coming-from-"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theExampleBecomesTheTable(Page page) throws IOException {
        List<Page.Snippet> snippets = page.snippets().stream()
                .filter(snippet -> !snippet.language().equals("sh"))
                .toList();
        String source = page.path().getFileName().toString().replaceAll("coming-from-|\\.md", "");
        Path file = Files.writeString(folder.resolve("example"), snippets.get(0).text());
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = {"import", source, file.toString()};
        CommandLine command = Laneway.commandLine(words);
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));

        assertThat(command.execute(words)).as(err.toString()).isZero();
        assertThat(err.toString().lines().filter(line -> !line.startsWith("note: ")))
                .isEmpty();
        assertThat(table(out.toString())).isEqualTo(table(snippets.get(1).text()));
    }

    private static LaneTable table(String yaml) {
        Problems problems = Problems.strict();
        LaneTable table = TableReader.read(yaml.getBytes(StandardCharsets.UTF_8), "table", problems);
        assertThat(problems.list()).isEmpty();
        return table;
    }
}
