package io.laneway.replay.redact;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Redacts what is behind commands that log in, at the beginning of a line: {@code PASS} of IRC, FTP and POP3, {@code AUTH}
 * of Redis and SMTP, {@code LOGIN} of IMAP, {@code OPER} and {@code IDENTIFY} of IRC. In capitals alone, as programs send
 * them: in small letters they are words. Stateless.
 */
final class CommandRedactor {

    private static final String NAMES = "(?:HELLO [23] )?AUTH|PASS|OPER|IDENTIFY|PRIVMSG NickServ :?IDENTIFY"
            + "|[A-Za-z]{0,8}[0-9]{1,8} (?:LOGIN|AUTHENTICATE)";

    /** What is behind a name in its line. */
    private static final String WORDS = "[ \\t]++([^\\r\\n]{1,1024})";

    /** A word as Redis has it: in a line behind one with its length. */
    private static final String COUNTED = "\\$[0-9]{1,6}\\r\\n[^\\r\\n]{0,1024}(?:\\r\\n|\\z)";

    private static final Pattern COMMAND =
            Pattern.compile("(?m)^(?:" + NAMES + ")(?:" + WORDS + "|\\r\\n((?:" + COUNTED + "){1,2}))");

    private static final Pattern WORD = Pattern.compile("[^ \\t\\r\\n]+");
    private static final Pattern BULK = Pattern.compile("\\$[0-9]+\\r\\n([^\\r\\n]+)");

    /** What SASL calls its ways, which are no secrets. */
    private static final Set<String> MECHANISMS =
            Set.of("PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256", "XOAUTH2", "OAUTHBEARER", "EXTERNAL");

    private CommandRedactor() {}

    static String redact(String text, String place, Replacements replacements) {
        boolean marked = text.contains("PASS")
                || text.contains("AUTH")
                || text.contains("LOGIN")
                || text.contains("OPER")
                || text.contains("IDENTIFY");
        if (!marked) {
            return text;
        }
        Matcher command = COMMAND.matcher(text);
        StringBuilder out = new StringBuilder(text.length());
        int from = 0;
        while (command.find()) {
            boolean line = command.group(1) != null;
            int begin = command.start(line ? 1 : 2);
            out.append(text, from, begin);
            from = command.end();
            String behind = text.substring(begin, from);
            out.append(line ? words(behind, place, replacements) : bulk(behind, place, replacements));
        }
        return from == 0 ? text : out.append(text, from, text.length()).toString();
    }

    private static String words(String line, String place, Replacements replacements) {
        Matcher word = WORD.matcher(line);
        return word.replaceAll(each -> Matcher.quoteReplacement(word(each.group(), place, replacements)));
    }

    private static String word(String word, String place, Replacements replacements) {
        int colon = word.startsWith(":") ? 1 : 0;
        int named = Math.max(word.indexOf('='), word.indexOf(':', colon)) + 1;
        boolean done = MECHANISMS.contains(word) || (named > 0 && replacements.isPseudonym(word.substring(named)));
        return done
                ? word
                : word.substring(0, colon) + replacements.replace(word.substring(colon), place + " (a command)");
    }

    private static String bulk(String lines, String place, Replacements replacements) {
        return BULK.matcher(lines).replaceAll(each -> {
            String secret = replacements.replace(each.group(1), place + " (a command)");
            return Matcher.quoteReplacement("$" + secret.length() + "\r\n" + secret);
        });
    }
}
