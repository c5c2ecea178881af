package io.laneway.replay.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.laneway.replay.diff.place.Facet;
import io.laneway.replay.diff.report.DiffReport;
import io.laneway.replay.diff.report.Finding;
import io.laneway.replay.diff.report.JsonReport;
import io.laneway.replay.diff.report.JunitReport;
import io.laneway.replay.diff.report.Level;
import io.laneway.replay.diff.rules.DiffRules;
import io.laneway.replay.diff.rules.ItemRule;
import io.laneway.replay.diff.rules.Rule;
import io.laneway.replay.diff.rules.Tolerance;
import io.laneway.replay.form.Field;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedRequest;
import io.laneway.replay.form.RecordedResponse;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class ComparisonTest {

    private final List<ComparedRequest> requests = new ArrayList<>();

    private void add(String target, String base, String again, String lane) {
        add(target, response(base), response(again), response(lane));
    }

    private void add(String target, RecordedResponse base, RecordedResponse again, RecordedResponse lane) {
        RecordedRequest request = new RecordedRequest(
                "HTTP/1.1",
                "GET",
                "http",
                "shop",
                target,
                List.of(new Field("X", "it's")),
                RecordedBody.NONE,
                List.of());
        requests.add(new ComparedRequest("r" + requests.size(), "", request, base, again, lane));
    }

    private static RecordedResponse response(String body) {
        String type = body.startsWith("{") || body.startsWith("[") ? "application/json" : "text/html";
        return new RecordedResponse(
                200,
                List.of(new Field("Content-Type", type)),
                RecordedBody.whole(body.getBytes(StandardCharsets.UTF_8)),
                List.of());
    }

    private DiffReport report(Rule... rules) {
        return report(new DiffRules(List.of(rules)));
    }

    private DiffReport report(DiffRules rules) {
        Endpoints endpoints = new Endpoints();
        requests.forEach(endpoints::learn);
        Comparison comparison = new Comparison(endpoints, rules);
        requests.forEach(comparison::add);
        return comparison.report();
    }

    @Test
    void oneRequestWithAMissingMemberIsADifferenceWithTheRequestThatShowsIt() {
        add("/orders/7", "{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":2}", "{\"a\":1}");

        DiffReport report = report();
        assertThat(report.differs()).isTrue();
        Finding finding = report.findings().get(0);
        assertThat(finding.endpoint()).isEqualTo("GET /orders/{id}");
        assertThat(finding.path()).isEqualTo("body.b");
        assertThat(finding.what()).isEqualTo("is missing, base has number");
        assertThat(finding.examples().get(0).request().curl())
                .isEqualTo("curl -i -H 'X: it'\\''s' 'http://shop/orders/7'");
    }

    @Test
    void oneOfManyRequestsIsUnsure() {
        for (int i = 0; i < 40; i++) {
            add("/a", "{\"a\":1}", "{\"a\":1}", i == 7 ? "{\"a\":2}" : "{\"a\":1}");
        }
        assertThat(report().differs()).isFalse();
        assertThat(report().findings())
                .singleElement()
                .extracting(Finding::level, Finding::lane, Finding::requests)
                .containsExactly(Level.UNSURE, 1, 40);
    }

    @Test
    void noResponseOfTheLaneIsADifferenceOfTheStatus() {
        for (int i = 0; i < 10; i++) {
            add("/a", response("{}"), response("{}"), null);
        }
        assertThat(report().findings())
                .singleElement()
                .extracting(Finding::facet, Finding::what)
                .containsExactly(Facet.STATUS, "is \"no response\", base has \"200\"");
    }

    @Test
    void whatAGatewaySaysOfItsDecisionIsNotCompared() {
        for (int i = 0; i < 10; i++) {
            add("/a", decided("master", "base", "1"), decided("master", "base", "1"), decided("f-1", "lane", "2"));
        }
        assertThat(report().findings()).extracting(Finding::path).containsOnly("header.x-own");
    }

    private static RecordedResponse decided(String lane, String reason, String own) {
        return new RecordedResponse(
                200,
                List.of(
                        new Field("X-Laneway-Lane", lane),
                        new Field("x-laneway-decision", reason),
                        new Field("x-own", own)),
                RecordedBody.NONE,
                List.of());
    }

    @Test
    void aLineOfTextIsFoundAmongLinesThatDifferEachTime() {
        Random random = new Random(1);
        for (int i = 0; i < 30; i++) {
            add("/page", page(random, "Total: 12"), page(random, "Total: 12"), page(random, "Total:  12"));
        }
        assertThat(report().findings())
                .hasSize(2)
                .allMatch(finding -> finding.path().contains("Total:") && finding.facet() == Facet.SIZE);
    }

    private static String page(Random random, String total) {
        String hint = random.nextBoolean() ? "<b>New!</b>" : "<i>Sale</i>";
        return "<html>\n<p>made at " + random.nextInt(999_999) + "</p>\n" + hint + "\n<p>" + total + "</p>\n</html>";
    }

    /** {@code no} looks like no key, every item has the same {@code name}, and no item is the same twice. */
    @Test
    void aRuleSaysByWhichMemberItemsArePaired() {
        Random random = new Random(5);
        for (int i = 0; i < 30; i++) {
            add("/a", items(random.nextInt(4), 0), items(random.nextInt(4), 0), items(random.nextInt(4), 1));
        }
        assertThat(paths(DiffRules.NONE)).as("paired by position").doesNotContain("body.l[*].p");
        assertThat(paths(key("of.no"))).containsExactly("body.l[*].p");
        assertThat(paths(key("name")))
                .as("equal ones are paired in their order")
                .doesNotContain("body.l[*].p");
        assertThat(paths(key(""))).isEqualTo(paths(DiffRules.NONE));
        assertThat(paths(new DiffRules(List.of(), List.of(ItemRule.of("GET /b", "body.l", "of.no")))))
                .as("a rule of another endpoint")
                .isEqualTo(paths(DiffRules.NONE));
    }

    @Test
    void itemsWithoutTheMemberOfARuleAreComparedAsWell() {
        for (int i = 0; i < 20; i++) {
            add(
                    "/a",
                    "{\"l\":[{\"k\":1},{\"p\":1},null]}",
                    "{\"l\":[{\"k\":1},{\"p\":1},null]}",
                    "{\"l\":[{\"k\":1},{\"p\":2},3]}");
        }
        assertThat(paths(key("k"))).containsExactlyInAnyOrder("body.l[*].p", "body.l[*]");
    }

    private List<String> paths(DiffRules rules) {
        return report(rules).findings().stream().map(Finding::path).distinct().toList();
    }

    private static DiffRules key(String key) {
        return new DiffRules(List.of(), List.of(ItemRule.of("*", "body.l", key)));
    }

    private int made;

    /** Four items, of which the first is another; each has its price, to which that of 3 adds some. */
    private String items(int first, int more) {
        return IntStream.range(0, 4)
                .map(at -> (first + at) % 4)
                .mapToObj(no -> "{\"name\":\"a\",\"of\":{\"no\":" + no + "},\"p\":" + (10 * no + (no == 3 ? more : 0))
                        + ",\"t\":\"t" + made++ * 7919 + "x\"}")
                .collect(Collectors.joining(",", "{\"l\":[", "]}"));
    }

    @Test
    void rulesLeaveOutPlacesAndGiveTolerances() {
        for (int i = 0; i < 20; i++) {
            add(
                    "/a",
                    "{\"p\":100,\"q\":{\"r\":[1]}}",
                    "{\"p\":100,\"q\":{\"r\":[1]}}",
                    "{\"p\":101,\"q\":{\"r\":[2]}}");
        }
        assertThat(report().findings()).extracting(Finding::path).containsExactlyInAnyOrder("body.p", "body.q.r[*]");
        Rule ignore = Rule.of("GET /a", "body.q.r", "", true, Tolerance.NONE);
        assertThat(report(ignore, Rule.of("*", "body.p", "", false, new Tolerance(1, 0, 0)))
                        .findings())
                .isEmpty();
        assertThat(report(ignore, Rule.of("*", "body.p", "", false, new Tolerance(0, 0.02, 0)))
                        .findings())
                .isEmpty();
        assertThat(report(ignore, Rule.of("*", "body.p", "", false, new Tolerance(0.5, 0, 0)))
                        .findings())
                .hasSize(1);
        assertThat(report(ignore, Rule.of("*", "body.p", "", false, new Tolerance(0, 0.005, 0)))
                        .findings())
                .hasSize(1);
    }

    @Test
    void manySlugsBecomeOneEndpointAndStaticSegmentsDoNot() {
        for (int i = 0; i < 60; i++) {
            add("/things/name" + (char) ('a' + i % 26) + (char) ('a' + i / 26), "{}", "{}", "{}");
            add("/orders/" + i, "{}", "{}", "{}");
            add("/orders/search", "{}", "{}", "{}");
        }
        assertThat(report().endpoints())
                .extracting(DiffReport.EndpointRequests::endpoint)
                .containsExactly("GET /orders/search", "GET /orders/{id}", "GET /things/{id}");
    }

    @Test
    void endpointsBeyondTheBoundShareOne() {
        for (int i = 0; i < 1100; i++) {
            // paths that no rule joins: each is three levels of few names
            String path = "/" + letters(i / 100) + "x/" + letters(i / 10 % 10) + "y/" + letters(i % 10) + "z";
            add(path, "{\"a\":1}", "{\"a\":1}", i >= 1050 ? "{\"a\":2}" : "{\"a\":1}");
        }
        DiffReport report = report();
        assertThat(report.endpoints()).hasSize(1001).contains(new DiffReport.EndpointRequests("__other__", 100));
        assertThat(report.findings())
                .anyMatch(finding -> finding.endpoint().equals("__other__")
                        && finding.path().equals("body.a")
                        && finding.lane() == 50);
    }

    private static String letters(int i) {
        return "" + (char) ('a' + i);
    }

    @Test
    void theReportAsJsonIsOfItsPublishedSchema() throws Exception {
        for (int i = 0; i < 10; i++) {
            add("/a", "{\"a\":\"1\"}", "{\"a\":\"1\"}", "{}");
            add("/b", "{}", "{}", i == 3 ? "{\"b\":1}" : "{}");
        }
        StringWriter out = new StringWriter();
        JsonReport.write(report(), out);
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Path.of("../docs/reference/diff.schema.json")));
        assertThat(schema.validate(out.toString(), InputFormat.JSON)).isEmpty();
        assertThat(schema.validate(out.toString().replace("\"differs\",", "\"other\","), InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void theReportOfJunitIsXmlWhateverAResponseHas() throws Exception {
        for (int i = 0; i < 10; i++) {
            add("/a?b=\"<&", "{\"a\":\"1\"}", "{\"a\":\"1\"}", "{\"a\":\"\\u0001]]>\\ud800\"}");
            add("/b", "{}", "{}", "{}");
            add("/c", "{}", "{}", i == 3 ? "{\"c\":1}" : "{}");
        }
        StringWriter out = new StringWriter();
        JunitReport.write(report(), out);
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(getClass().getResource("/junit-report.xsd"))
                .newValidator()
                .validate(new StreamSource(new StringReader(out.toString())));

        Element suite = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(out.toString().getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
        assertThat(suite.getAttribute("tests")).isEqualTo("3");
        assertThat(suite.getElementsByTagName("system-out").getLength()).isEqualTo(1);
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getElementsByTagName("failure").getLength()).isEqualTo(1);
    }
}
