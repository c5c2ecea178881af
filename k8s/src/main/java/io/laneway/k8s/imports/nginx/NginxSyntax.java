package io.laneway.k8s.imports.nginx;

import io.laneway.k8s.imports.source.SourceFile;
import io.laneway.router.document.tree.Location;
import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Scalar;
import io.laneway.router.document.tree.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads nginx's syntax into nodes: a directive is a mapping of its {@code name}, its {@code args} and, where it has one,
 * the list of directives in its {@code block}. Confined to one thread; use once.
 */
final class NginxSyntax {

    private static final int DEEPEST = 32;

    private final String text;
    private final String file;
    private int at;
    private int line = 1;

    private NginxSyntax(SourceFile file) {
        this.text = file.text();
        this.file = file.name();
    }

    /** The directives of a file; null after a problem. */
    static @Nullable Node read(SourceFile source, Problems problems) {
        NginxSyntax syntax = new NginxSyntax(source);
        Location root = Location.root(source.name(), 1);
        List<Node> directives = new ArrayList<>();
        String wrong = syntax.block(directives, root, 0);
        if (wrong != null) {
            problems.add(Location.root(source.name(), syntax.line), wrong, "nginx's syntax");
            return null;
        }
        return new Sequence(root, directives);
    }

    /** Reads directives to the end of a block; what is wrong, or null. */
    private @Nullable String block(List<Node> into, Location around, int depth) {
        while (true) {
            skip();
            if (at == text.length()) {
                return depth == 0 ? null : "a block that does not end";
            }
            if (text.charAt(at) == '}') {
                at++;
                return depth > 0 ? null : "'}' without a block";
            }
            String wrong = directive(into, around, depth);
            if (wrong != null) {
                return wrong;
            }
        }
    }

    private @Nullable String directive(List<Node> into, Location around, int depth) {
        List<Scalar> words = new ArrayList<>();
        int begin = line;
        Location place = around;
        while (true) {
            skip();
            if (at == text.length()) {
                return "a directive that does not end";
            }
            char c = text.charAt(at);
            if (c == ';' || c == '{') {
                at++;
                if (words.isEmpty()) {
                    return "'" + c + "' without a directive";
                }
                return end(c == '{', words, into, place, begin, depth);
            }
            if (c == '}') {
                return "a directive without ';'";
            }
            int here = line;
            String word = word();
            if (word == null) {
                return "a quote that does not end";
            }
            if (words.isEmpty()) {
                place = around.member(word, begin);
            }
            words.add(new Scalar(place.item(words.size(), here), Scalar.Kind.TEXT, word, true));
        }
    }

    private @Nullable String end(
            boolean opens, List<Scalar> words, List<Node> into, Location place, int begin, int depth) {
        Map<String, Node> members = new LinkedHashMap<>();
        members.put("name", words.get(0));
        members.put("args", new Sequence(place, List.copyOf(words.subList(1, words.size()))));
        String wrong = null;
        if (opens) {
            List<Node> block = new ArrayList<>();
            wrong = depth == DEEPEST ? "blocks nested too deep" : block(block, place, depth + 1);
            members.put("block", new Sequence(place, block));
        }
        into.add(new Mapping(new Location(file, place.parent(), place.key(), -1, begin), members));
        return wrong;
    }

    private void skip() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (Character.isWhitespace(c)) {
                line += c == '\n' ? 1 : 0;
                at++;
            } else {
                return;
            }
        }
    }

    private @Nullable String word() {
        char quote = text.charAt(at);
        if (quote == '"' || quote == '\'') {
            at++;
            return quoted(quote);
        }
        StringBuilder word = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean variable = c == '{' && word.length() > 0 && word.charAt(word.length() - 1) == '$';
            if (Character.isWhitespace(c) || c == ';' || (c == '{' && !variable)) {
                break;
            }
            if (variable) {
                int close = text.indexOf('}', at);
                int end = close < 0 ? text.length() : close;
                word.append(text, at, end);
                at = end;
            } else if (c == '\\' && at + 1 < text.length()) {
                word.append(c).append(text.charAt(at + 1));
                at += 2;
            } else {
                word.append(c);
                at++;
            }
        }
        return word.toString();
    }

    private @Nullable String quoted(char quote) {
        StringBuilder word = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length() && (text.charAt(at + 1) == quote || text.charAt(at + 1) == '\\')) {
                at++;
            }
            line += c == '\n' ? 1 : 0;
            word.append(text.charAt(at));
            at++;
        }
        boolean ends = at < text.length();
        at++;
        return ends ? word.toString() : null;
    }
}
