package io.laneway.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** No link within the repository is dead, and no page is lost. */
class LinksTest {

    private static final int WIDTH = 120;
    private static final String INDEX = "docs/README.md";

    @Test
    void everyRelativeLinkLeadsToAFileAndItsAnchor() {
        List<String> dead = new ArrayList<>();
        for (Page page : Page.all()) {
            for (Page.Link link : page.links()) {
                if (URI.create(link.target()).getScheme() == null && !leadsSomewhere(page, link.target())) {
                    dead.add(page + ":" + link.line() + ": " + link.target());
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    private static boolean leadsSomewhere(Page page, String target) {
        String[] parts = target.split("#", 2);
        Path to = parts[0].isEmpty()
                ? page.path()
                : beside(page).resolve(parts[0]).normalize();
        if (!Files.exists(Page.ROOT.resolve(to))) {
            return false;
        }
        return parts.length == 1
                || (to.toString().endsWith(".md")
                        && Page.of(to.toString()).anchors().contains(parts[1]));
    }

    private static Path beside(Page page) {
        Path parent = page.path().getParent();
        return parent == null ? Path.of("") : parent;
    }

    @Test
    void theIndexLeadsToEveryPage() {
        Set<Path> listed = new HashSet<>();
        Page index = Page.of(INDEX);
        index.links()
                .forEach(link -> listed.add(
                        beside(index).resolve(link.target().split("#", 2)[0]).normalize()));
        List<Path> pages = Page.all().stream()
                .map(Page::path)
                .filter(path -> path.startsWith("docs") && !path.startsWith("docs/decisions"))
                .filter(path -> !path.equals(Path.of(INDEX)))
                .toList();
        assertThat(listed).containsAll(pages);
    }

    /** Rows of tables cannot be folded, code should not be. Decisions keep the form they were written in. */
    @Test
    void linesOfProseKeepToTheirWidth() {
        List<String> wide = new ArrayList<>();
        for (Page page : Page.all()) {
            if (!page.path().startsWith("docs") || page.path().startsWith("docs/decisions")) {
                continue;
            }
            List<String> prose = page.prose();
            for (int i = 0; i < prose.size(); i++) {
                String line = prose.get(i);
                if (line.codePointCount(0, line.length()) > WIDTH && !line.startsWith("|")) {
                    wide.add(page + ":" + (i + 1));
                }
            }
        }
        assertThat(wide).isEmpty();
    }
}
