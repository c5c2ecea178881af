package io.laneway.router.check;

import io.laneway.router.policy.HeaderRules.Edit;
import java.util.Map;
import java.util.stream.Stream;

/** Checks what is to be done with headers: names and values. */
final class HeaderCheck {

    private HeaderCheck() {}

    static void edit(Edit edit, String path, PathProblems at) {
        Stream.of(edit.set().keySet(), edit.add().keySet(), edit.remove())
                .flatMap(names -> names.stream().sorted())
                .forEach(name -> token(name, path, at));
        Stream.of(edit.set(), edit.add())
                .flatMap(values -> values.entrySet().stream().sorted(Map.Entry.comparingByKey()))
                .filter(entry -> entry.getValue().chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7F))
                .forEach(entry -> at.add(
                        path, "a control character in " + entry.getKey(), "a header value (RFC 9110 section 5.5)"));
    }

    static void token(String name, String path, PathProblems at) {
        if (!HostSyntax.isToken(name)) {
            at.add(path, "'" + name + "'", "a name of letters, digits and -_.~ (RFC 9110 section 5.6.2)");
        }
    }
}
