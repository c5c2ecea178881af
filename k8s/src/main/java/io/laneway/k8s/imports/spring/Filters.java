package io.laneway.k8s.imports.spring;

import io.laneway.k8s.imports.source.Refused;
import io.laneway.k8s.imports.source.Report;
import io.laneway.k8s.imports.source.Tracked;
import io.laneway.k8s.imports.table.Match;
import io.laneway.k8s.imports.table.PathRegex;
import io.laneway.k8s.imports.table.PolicyDraft;
import io.laneway.router.model.route.Rewrite;
import io.laneway.router.model.route.RouteAction.Redirect;
import io.laneway.router.policy.HeaderRules;
import io.laneway.router.policy.Policy;
import io.laneway.router.policy.Retries;
import io.laneway.router.unit.ByteSize;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The filters of a route for one of its paths. Filters that a table does not have stay to be named. Confined to one thread. */
final class Filters {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(B|KB|MB|GB)?");
    private static final Pattern REST =
            Pattern.compile("(?<path>[^(?]*?)(?:/\\?)?/?\\(\\?<(?<name>[a-zA-Z0-9]+)>/?\\??\\.\\*\\)");
    private static final Map<String, Retries.On> STATUSES = Map.of(
            "BAD_GATEWAY", Retries.On.STATUS_502,
            "SERVICE_UNAVAILABLE", Retries.On.STATUS_503,
            "GATEWAY_TIMEOUT", Retries.On.STATUS_504);

    private final Report report;
    private final Match match;
    private final Map<String, Map<String, String>> values = new LinkedHashMap<>();
    private final Map<String, List<String>> removed = new LinkedHashMap<>();
    private final PolicyDraft policy = PolicyDraft.plain();
    private @Nullable String path;
    private @Nullable String prefix;
    private @Nullable Redirect redirect;
    private boolean keepsHost;

    Filters(List<Tracked> filters, Match match, Report report) {
        this.match = match;
        this.report = report;
        for (Tracked node : filters) {
            Shortcut one = Shortcut.of(node);
            if (read(one)) {
                one.take();
            }
        }
    }

    @Nullable
    Redirect redirect() {
        return redirect;
    }

    /** The rewrite with the host of the target, which the gateway says unless it is told to keep the client's. */
    @Nullable
    Rewrite rewrite(@Nullable String host) {
        String asked = keepsHost ? null : host;
        String whole = path == null && prefix != null && match.exact() ? prefix : path;
        String start = whole == null ? prefix : null;
        return asked == null && whole == null && start == null ? null : new Rewrite(asked, whole, start);
    }

    HeaderRules headers() {
        return new HeaderRules(edit("Request"), edit("Response"));
    }

    Policy policy() {
        return policy.policy();
    }

    private HeaderRules.Edit edit(String side) {
        return new HeaderRules.Edit(
                values.getOrDefault("Set" + side + "Header", Map.of()),
                values.getOrDefault("Add" + side + "Header", Map.of()),
                removed.getOrDefault("Remove" + side + "Header", List.of()));
    }

    private boolean read(Shortcut one) {
        switch (one.name()) {
            case "StripPrefix" -> strip(one);
            case "PrefixPath" -> prefix = text(one).replaceAll("/$", "") + (now(one).equals("/") ? "" : now(one));
            case "SetPath" -> path = text(one);
            case "RewritePath" -> rewrite(one);
            case "RedirectTo" -> redirect = redirect(one);
            case "PreserveHostHeader" -> keepsHost = true;
            case "RequestSize" -> {
                return size(one);
            }
            case "Retry" -> retry(one);
            case "AddRequestHeader", "SetRequestHeader", "AddResponseHeader", "SetResponseHeader" -> {
                return header(one);
            }
            case "RemoveRequestHeader", "RemoveResponseHeader" ->
                removed.computeIfAbsent(one.name(), name -> new ArrayList<>()).add(String.valueOf(one.value(0)));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean header(Shortcut one) {
        String name = one.value(0);
        List<String> said = one.said();
        String value = String.join(",", said.subList(Math.min(1, said.size()), said.size()));
        return name != null
                && !value.contains("{")
                && values.computeIfAbsent(one.name(), side -> new LinkedHashMap<>())
                                .putIfAbsent(name, value)
                        == null;
    }

    /** The path that the filters before leave, of the route's. */
    private String now(Shortcut one) {
        if (path != null) {
            throw new Refused(one.node(), one.name() + " behind SetPath", "one filter for the path");
        }
        return prefix == null ? match.path() : prefix;
    }

    private static String text(Shortcut one) {
        String text = one.value(0);
        if (text == null || !text.startsWith("/") || text.contains("{")) {
            throw new Refused(one.node(), one.name() + " with '" + text + "'", "a path without variables");
        }
        return text;
    }

    private void strip(Shortcut one) {
        Integer said = one.number(0);
        int parts = said == null ? 1 : said;
        String rest = now(one);
        for (int i = 0; i < parts; i++) {
            if (rest.length() < 2) {
                throw new Refused(one.node(), "StripPrefix of more than the path has", "segments of the path");
            }
            int slash = rest.indexOf('/', 1);
            rest = slash < 0 ? "/" : rest.substring(slash);
        }
        prefix = rest;
    }

    private void rewrite(Shortcut one) {
        String regex = String.valueOf(one.value(0));
        String to = String.valueOf(one.value(1)).replace("$\\{", "${");
        Matcher form = REST.matcher(regex);
        String from = form.matches() ? PathRegex.text(form.group("path")) : null;
        if (from == null || !to.endsWith("${" + form.group("name") + "}")) {
            throw new Refused(one.node(), "RewritePath by '" + regex + "'", "/path/?(?<rest>.*), /other/${rest}");
        }
        String bare = from.isEmpty()
                ? "/"
                : from.length() > 1 && from.endsWith("/") ? from.substring(0, from.length() - 1) : from;
        String start = to.substring(0, to.length() - form.group("name").length() - 3);
        String other = start.length() > 1 && start.endsWith("/") ? start.substring(0, start.length() - 1) : start;
        String now = now(one);
        boolean within = now.equals(bare) || bare.equals("/") || now.startsWith(bare + "/");
        if (!within || !other.startsWith("/")) {
            throw new Refused(one.node(), "RewritePath of another path than the route's", "the route's path");
        }
        String rest = bare.equals("/") ? now : now.substring(bare.length());
        prefix = (other.equals("/") ? "" : other) + (rest.equals("/") ? "" : rest);
        prefix = prefix.isEmpty() ? "/" : prefix;
    }

    private static Redirect redirect(Shortcut one) {
        try {
            URI to = URI.create(String.valueOf(one.value(1)));
            String to1 = to.getRawPath() == null || to.getRawPath().isEmpty() ? "/" : to.getRawPath();
            return new Redirect(
                    java.util.Objects.requireNonNullElse(one.number(0), 302),
                    to.getScheme(),
                    to.getHost(),
                    to.getPort() < 0 ? null : to.getPort(),
                    to1,
                    null);
        } catch (IllegalArgumentException e) {
            throw new Refused(one.node(), "RedirectTo with " + e.getMessage(), "a status and a URL");
        }
    }

    private boolean size(Shortcut one) {
        Matcher size = SIZE.matcher(String.valueOf(one.value(0)).toUpperCase(Locale.ROOT));
        if (size.matches()) {
            int shift = List.of("B", "KB", "MB", "GB").indexOf(size.group(2) == null ? "B" : size.group(2)) * 10;
            policy.maxBody(new ByteSize(Long.parseLong(size.group(1)) << shift));
        }
        return size.matches();
    }

    /** As the gateway does: on connection failures, and on a series of statuses beside those that are named. */
    private void retry(Shortcut one) {
        Tracked args = one.node().at("args");
        Integer times = one.number(0);
        List<String> statuses = list(args, "statuses", one.node().peek() == null ? null : one.value(1));
        List<String> methods = list(args, "methods", one.node().peek() == null ? null : one.value(2));
        Set<Retries.On> on = EnumSet.of(Retries.On.CONNECT_FAILURE, Retries.On.RESET_BEFORE_RESPONSE);
        for (String status : statuses) {
            Retries.On known = STATUSES.get(status);
            if (known == null) {
                report.differs(one.node().location(), "retries on " + status + " are left out", "502, 503 and 504");
            } else {
                on.add(known);
            }
        }
        List<String> series = list(args, "series", null);
        for (String each : series) {
            if (!each.equals("SERVER_ERROR")) {
                report.differs(one.node().location(), "retries on " + each + " are left out", "502, 503 and 504");
            }
        }
        if (args == null || !args.has("series") || series.contains("SERVER_ERROR")) {
            on.addAll(STATUSES.values());
            report.differs(one.node().location(), "retries on 5xx", "502, 503 and 504 alone");
        }
        String asked = methods.isEmpty() ? "GET" : String.join(", ", methods);
        report.differs(one.node().location(), "retries of " + asked, "those of methods that are idempotent");
        int max = times == null ? 3 : times;
        policy.retries(new Retries(max, on, Retries.Methods.IDEMPOTENT, Retries.DEFAULT.budget(), null, false));
    }

    private static List<String> list(@Nullable Tracked args, String key, @Nullable String shortForm) {
        String text = args == null ? shortForm : args.peek(key);
        if (text != null) {
            return List.of(text.trim().split("\\s*,\\s*"));
        }
        return args == null
                ? List.of()
                : args.items(key).stream()
                        .map(item -> String.valueOf(item.peek()))
                        .toList();
    }
}
