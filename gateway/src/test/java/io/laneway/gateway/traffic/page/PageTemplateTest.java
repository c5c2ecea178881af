package io.laneway.gateway.traffic.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages with places for values. */
class PageTemplateTest {

    private static final LocalProblem PROBLEM =
            new LocalProblem(503, "Service Unavailable", "why", "shop", "f-1", "served", "id-1", "UF");

    @TempDir
    Path directory;

    private static String render(String template, LocalProblem problem) throws PageFailure {
        return new String(
                PageTemplate.of("p.html", template.getBytes(StandardCharsets.UTF_8))
                        .render(problem),
                StandardCharsets.UTF_8);
    }

    private static LocalProblem lane(String lane) {
        return new LocalProblem(503, "", "", "", lane, "", "", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{{status}} {{title}}|503 Service Unavailable",
                "{{ detail }}/{{service}}/{{lane}}/{{reason}}/{{requestId}}/{{flag}}|why/shop/f-1/served/id-1/UF",
                "{{lane}}{{lane}}|f-1f-1",
                "{ {lane} } {lane}|{ {lane} } {lane}",
                "泳道 {{lane}} ü|泳道 f-1 ü",
                "<style>p{margin:0}</style>|<style>p{margin:0}</style>"
            })
    void valuesTakeTheirPlaces(String template, String page) throws PageFailure {
        assertThat(render(template, PROBLEM)).isEqualTo(page);
    }

    @Test
    void aPageMayBeEmpty() throws PageFailure {
        assertThat(render("", PROBLEM)).isEmpty();
    }

    @Test
    void aValueIsNeverMarkup() throws PageFailure {
        String page =
                render("<p title='{{lane}}'>{{lane}}</p>", lane("</p><script>a(\"'`\\${x}\")</script>&=\u0000\n"));
        String value =
                "&#60;/p&#62;&#60;script&#62;a(&#34;&#39;&#96;&#92;&#36;&#123;x&#125;&#34;)&#60;/script&#62;&#38;&#61;\ufffd\ufffd";
        assertThat(page).isEqualTo("<p title='" + value + "'>" + value + "</p>");
    }

    @Test
    void aValueIsNoPlaceForAnother() throws PageFailure {
        assertThat(render("{{lane}} {{lane}}", lane("{{status}}")))
                .doesNotContain("503")
                .doesNotContain("{");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{{stauts}}|p.html:1: {{stauts}}",
                "'a\n\nb {{Status}}'|p.html:3: {{Status}}",
                "{{}}|p.html:1: {{}}",
                "{{status|p.html:1: {{status",
                "'{{status\n}} {{x}}'|p.html:2: {{x}}",
                "{{{status}}}|p.html:1: {{{status}}"
            })
    void aPlaceOfNoValueIsSaidWithItsLine(String template, String what) {
        assertThatThrownBy(() -> render(template, PROBLEM))
                .isInstanceOf(PageFailure.class)
                .hasMessage(what + " (expected: {{name}} with one of status, title, detail, service, lane, reason, "
                        + "requestId, flag)");
    }

    @Test
    void onlySoManyBytesAreTaken() throws Exception {
        Path file = directory.resolve("large.html");
        Files.write(file, new byte[PageTemplate.MOST_BYTES]);
        assertThat(PageTemplate.read(file).render(PROBLEM)).hasSize(PageTemplate.MOST_BYTES);

        Files.write(file, new byte[PageTemplate.MOST_BYTES + 1]);
        assertThatThrownBy(() -> PageTemplate.read(file))
                .isInstanceOf(PageFailure.class)
                .hasMessage(file + " has 65537 bytes (expected: at most 65536)");
    }

    @Test
    void otherFilesThanPagesAreNamed() throws IOException {
        Path latin = Files.write(directory.resolve("latin.html"), new byte[] {'a', (byte) 0xe4, 'b'});
        assertThatThrownBy(() -> PageTemplate.read(latin))
                .hasMessage(latin + ": not UTF-8 (expected: a page in UTF-8)");
        assertThatThrownBy(() -> PageTemplate.read(directory))
                .hasMessageContaining(directory + " is a directory")
                .hasMessageContaining("expected");
        Path none = directory.resolve("none.html");
        assertThatThrownBy(() -> PageTemplate.read(none))
                .hasMessage(none + " does not exist (expected: a readable file)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "f-1"})
    void theProblemDocumentLeavesOutWhatIsEmpty(String lane) {
        assertThat(lane(lane).json().contains("\"lane\"")).isEqualTo(!lane.isEmpty());
        assertThat(lane(lane).json())
                .doesNotContain("service")
                .doesNotContain("requestId")
                .endsWith("\"}");
    }
}
