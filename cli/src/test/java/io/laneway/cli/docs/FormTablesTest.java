package io.laneway.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.codec.TableForms;
import io.laneway.router.document.form.Form;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of keys in the reference of the lane table are what the forms say of their keys. */
class FormTablesTest {

    private static final List<String> PAGES = List.of("docs/reference/table.md", "docs/reference/policy.md");
    private static final Pattern BEGIN = Pattern.compile("<!-- keys: (\\w+) -->");

    @ParameterizedTest
    @ValueSource(strings = {"docs/reference/table.md", "docs/reference/policy.md"})
    void aPagesTablesOfKeysAreThoseOfTheForms(String path) throws IOException {
        List<String> wanted = written(path);
        if (Boolean.getBoolean("laneway.docs.write")) {
            Files.write(Page.ROOT.resolve(path), wanted);
        }
        assertThat(Page.of(path).lines())
                .as("written by -Dlaneway.docs.write=true")
                .isEqualTo(wanted);
    }

    @Test
    void everyFormHasOneTable() {
        List<String> shown = new ArrayList<>();
        PAGES.forEach(page -> shown.addAll(Page.of(page).tables("keys")));
        assertThat(shown)
                .containsExactlyInAnyOrderElementsOf(
                        TableForms.forms().stream().map(Form::name).toList());
    }

    private static List<String> written(String path) {
        Map<String, String> links = links(path);
        List<String> lines = new ArrayList<>();
        boolean table = false;
        for (String line : Page.of(path).lines()) {
            Matcher begin = BEGIN.matcher(line);
            if (begin.matches()) {
                table = true;
                lines.add(line);
                lines.addAll(FormTable.of(form(begin.group(1)), links));
            } else if (line.equals(Page.END)) {
                table = false;
            }
            if (!table) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static Form<?> form(String name) {
        return TableForms.forms().stream()
                .filter(form -> form.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no form " + name));
    }

    /** Where each form has its table: the heading above it, as a link from a page. */
    private static Map<String, String> links(String from) {
        Map<String, String> links = new HashMap<>();
        for (String path : PAGES) {
            String anchor = "";
            for (String line : Page.of(path).lines()) {
                Matcher begin = BEGIN.matcher(line);
                if (begin.matches()) {
                    String page = path.equals(from) ? "" : path.substring(path.lastIndexOf('/') + 1);
                    links.put(begin.group(1), anchor.isEmpty() ? page : page + "#" + anchor);
                } else if (line.startsWith("##")) {
                    anchor = Page.anchor(line.replaceFirst("^#+ +", ""));
                }
            }
        }
        return links;
    }
}
