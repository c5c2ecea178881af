package io.laneway.replay.redact;

/** A value in lines of its own, indented more than its name: {@code password: |} of YAML (1.2, 8.1). Stateless. */
final class IndentedBlock {

    private static final int LONGEST_HEADER = 80;

    private IndentedBlock() {}

    /**
     * Where the first line of the value begins, behind its indentation; 0 if the value is not in lines of its own.
     *
     * @param name where the name begins
     * @param at where its value would
     */
    static int begin(String text, int name, int at) {
        int line = at;
        if (line < text.length() && (text.charAt(line) == '|' || text.charAt(line) == '>')) {
            line++;
            while (line < text.length() && "+-0123456789".indexOf(text.charAt(line)) >= 0) {
                line++;
            }
        }
        int feed = line;
        while (feed < text.length() && feed - line < LONGEST_HEADER && text.charAt(feed) != '\n') {
            feed++;
        }
        boolean ends = feed < text.length() && text.charAt(feed) == '\n';
        if (!ends || !isComment(text.substring(line, feed).strip())) {
            return 0;
        }
        int begin = next(text, feed + 1);
        int indent = indent(text, name);
        return indent >= 0 && isIn(text, begin, indent) ? begin : 0;
    }

    /** Where its last line ends. */
    static int end(String text, int name, int begin) {
        int indent = indent(text, name);
        int end = begin;
        int at = begin;
        while (at < text.length() && (at == begin || isIn(text, at, indent))) {
            int feed = text.indexOf('\n', at);
            end = feed < 0 ? text.length() : feed;
            at = next(text, Math.min(end + 1, text.length()));
        }
        return end > begin && text.charAt(end - 1) == '\r' ? end - 1 : end;
    }

    private static boolean isComment(String rest) {
        return rest.isEmpty() || rest.startsWith("#");
    }

    /** Where the next line with something in it has its first character that is no blank. */
    private static int next(String text, int from) {
        int at = from;
        while (at < text.length() && " \r\n\t".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private static boolean isIn(String text, int at, int indent) {
        return at < text.length() && at - (text.lastIndexOf('\n', at) + 1) > indent;
    }

    /** Characters before the name in its line; -1 if there are others than blanks, dashes of lists and a quote. */
    private static int indent(String text, int name) {
        int begin = name;
        while (begin > 0 && text.charAt(begin - 1) != '\n') {
            begin--;
            if (" -\"'".indexOf(text.charAt(begin)) < 0) {
                return -1;
            }
        }
        return name - begin;
    }
}
