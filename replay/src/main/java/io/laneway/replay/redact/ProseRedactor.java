package io.laneway.replay.redact;

import io.laneway.replay.text.Percent;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Redacts what text says of itself wherever it is: {@code password=…}, {@code "token": "…"}, {@code <secret>…</secret>}, and
 * the value of an element of HTML whose name is a secret's. Confined to one thread.
 */
final class ProseRedactor {

    /** A name, what closes a quote around it, and the sign behind it. */
    private static final Pattern NAMED =
            Pattern.compile("(?<![\\w.%\\[\\]-])([\\w.%\\[\\]-]{2,512}+)(\\\\?[\"']?[ \\t]*(?:=>|[=:])[ \\t]*)");

    private static final Pattern ELEMENT = Pattern.compile("<([A-Za-z_][\\w:.-]{0,127})((?:\\s[^<>]{0,4096})?)>");
    private static final Pattern ATTRIBUTE =
            Pattern.compile("\\b(name|id|property|value|content)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')");

    private static final Set<String> SCHEMES = Set.of("bearer", "basic", "token", "digest", "negotiate", "apikey");

    private final SecretNames names;
    private final Replacements replacements;

    ProseRedactor(SecretNames names, Replacements replacements) {
        this.names = names;
        this.replacements = replacements;
    }

    String redact(String text, String place) {
        String marked = text.indexOf('<') < 0 ? text : elements(text, place);
        return CommandRedactor.redact(named(marked, place), place, replacements);
    }

    private String named(String text, String place) {
        if (text.indexOf('=') < 0 && text.indexOf(':') < 0) {
            return text;
        }
        Matcher named = NAMED.matcher(text);
        StringBuilder out = new StringBuilder(text.length());
        int from = 0;
        int at = 0;
        while (at < text.length() && named.find(at)) {
            at = named.end();
            String name = Percent.decode(named.group(1), true);
            if (!names.has(name)) {
                continue;
            }
            int block = IndentedBlock.begin(text, named.start(1), at);
            int begin = block > 0 ? block : valueBegin(text, at);
            int end = block > 0
                    ? IndentedBlock.end(text, named.start(1), block)
                    : valueEnd(text, begin, at, named.group(2).contains("="));
            if (end > begin) {
                out.append(text, from, begin);
                out.append(replacements.replace(text.substring(begin, end), place + "." + name));
                from = end;
            }
            at = Math.max(at, end);
        }
        return from == 0 ? text : out.append(text, from, text.length()).toString();
    }

    /** Behind a quote, an escaped quote, or the name of a scheme of authentication. */
    private static int valueBegin(String text, int at) {
        int begin = at;
        if (text.startsWith("\\\"", begin)) {
            begin += 2;
        } else if (begin < text.length() && isQuote(text.charAt(begin))) {
            begin++;
        }
        int word = begin;
        while (word < text.length() && Character.isLetter(text.charAt(word))) {
            word++;
        }
        boolean scheme = word < text.length()
                && text.charAt(word) == ' '
                && SCHEMES.contains(text.substring(begin, word).toLowerCase(Locale.ROOT));
        return scheme ? word + 1 : begin;
    }

    private static int valueEnd(String text, int begin, int at, boolean assigned) {
        boolean escaped = text.startsWith("\\\"", at);
        char quote = !escaped && at < text.length() && isQuote(text.charAt(at)) ? text.charAt(at) : 0;
        int end = begin;
        while (end < text.length()) {
            char c = text.charAt(end);
            if (escaped ? text.startsWith("\\\"", end) : quote != 0 ? c == quote : isEnd(c, assigned)) {
                break;
            }
            end += quote != 0 && c == '\\' ? 2 : 1;
        }
        return Math.min(end, text.length());
    }

    /** Behind a colon a value may have blanks, as a header has. */
    private static boolean isEnd(char c, boolean assigned) {
        return "\r\n&;,\"'<>{}[]()".indexOf(c) >= 0 || (assigned && Character.isWhitespace(c));
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }

    private String elements(String text, String place) {
        Matcher element = ELEMENT.matcher(text);
        StringBuilder out = new StringBuilder(text.length());
        int from = 0;
        while (element.find()) {
            if (element.start() < from) {
                continue;
            }
            String name = element.group(1);
            String local = name.substring(name.indexOf(':') + 1);
            out.append(text, from, element.start(2))
                    .append(attributes(element.group(2), place))
                    .append('>');
            from = element.end();
            if (names.has(local)) {
                int end = contentEnd(text, from);
                out.append(content(text.substring(from, end), place + "." + local));
                from = end;
            }
        }
        return from == 0 ? text : out.append(text, from, text.length()).toString();
    }

    private static int contentEnd(String text, int from) {
        int end = text.indexOf("</", from);
        return end < 0 ? text.length() : end;
    }

    private String content(String content, String where) {
        int data = content.indexOf("<![CDATA[");
        int begin = data < 0 ? 0 : data + "<![CDATA[".length();
        int closed = content.indexOf("]]>", begin);
        int end = data < 0 || closed < 0 ? content.length() : closed;
        boolean blank = content.substring(begin, end).isBlank();
        return blank
                ? content
                : content.substring(0, begin)
                        + replacements.replace(content.substring(begin, end), where)
                        + content.substring(end);
    }

    /** {@code <input name="csrf_token" value="…">}: the value is that of the name beside it. */
    private String attributes(String attributes, String place) {
        String secret = null;
        Matcher attribute = ATTRIBUTE.matcher(attributes);
        while (attribute.find()) {
            String value = attribute.group(2) == null ? attribute.group(3) : attribute.group(2);
            if (!isValue(attribute.group(1)) && names.has(value)) {
                secret = value;
            }
        }
        if (secret == null) {
            return attributes;
        }
        StringBuilder out = new StringBuilder(attributes.length());
        int from = 0;
        attribute.reset();
        while (attribute.find()) {
            int group = attribute.group(2) == null ? 3 : 2;
            if (isValue(attribute.group(1))) {
                out.append(attributes, from, attribute.start(group))
                        .append(replacements.replace(attribute.group(group), place + "." + secret));
                from = attribute.end(group);
            }
        }
        return out.append(attributes, from, attributes.length()).toString();
    }

    private static boolean isValue(String attribute) {
        return attribute.equals("value") || attribute.equals("content");
    }
}
