package io.laneway.router.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.request.RequestDraft;
import io.laneway.router.request.RequestView;
import io.laneway.router.table.PublishedState;
import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** docs/concepts/decision.md#tenant: where a tenant is read and as what. */
class TenantPlacesTest {

    private static final DecisionProbe TABLE = DecisionProbe.over("""
            schema: 1
            services: [{name: a, hosts: ["*.example.com"], deployments: [{lane: master, endpoints: ["h:1"]}]}]
            shifts:
              - name: default
                tenant: [{header: x-tenant-id}, {query: tenant}, {cookie: tenant}, {jwtClaim: org}, {host: "{tenant}.app.example.com"}]
                environments: []
            """);

    private static String tenant(String host, String target, String... headers) {
        return tenant(ListenerTraits.INTERNAL, DecisionProbe.draft(host, target, headers));
    }

    private static String tenant(ListenerTraits listener, RequestView request) {
        Decider decider = new Decider();
        Decision<PublishedState, Void> decision = new Decision<>();
        decider.decide(TABLE.table(), listener, request, decision);
        Slice into = new Slice();
        boolean found = decider.tenant(decision, request, into);
        assertThat(decision.assigned()).isEqualTo(found ? Assigned.SHIFT : Assigned.NO);
        return found ? into.toString() : "-";
    }

    private static String bearer(String claims) {
        String payload =
                Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        return "authorization: Bearer e30." + payload + ".x";
    }

    @Test
    void theFirstPlaceThatHasOneCounts() {
        String[] all = {"x-tenant-id: h", "cookie: tenant=c", bearer("{\"org\":\"j\"}")};
        assertThat(tenant("t.app.example.com", "/?tenant=q", all)).isEqualTo("h");
        assertThat(tenant("t.app.example.com", "/?tenant=q", all[1], all[2])).isEqualTo("q");
        assertThat(tenant("t.app.example.com", "/?tenant=%20", all[1], all[2])).isEqualTo("c");
        assertThat(tenant("t.app.example.com", "/", "x-tenant-id: \t", all[2])).isEqualTo("j");
        assertThat(tenant("T.App.example.com:80", "/")).isEqualTo("T");
        assertThat(tenant("t.other.example.com", "/")).isEqualTo("-");
    }

    @Test
    void isDecodedFromQueryCookieAndHostButNotFromAHeader() {
        assertThat(tenant("x.example.com", "/?tenant=a%2Bb+c&tenant=z")).isEqualTo("a+b c");
        assertThat(tenant("x.example.com", "/", "cookie: tenant=\"a%20b+c\"")).isEqualTo("a b+c");
        assertThat(tenant("x.example.com", "/", "x-tenant-id: a%20b")).isEqualTo("a%20b");
        assertThat(tenant("a%C3%BC.app.example.com", "/")).isEqualTo("aü");
        assertThat(tenant("x.example.com", "/?tenant=%zz%4")).isEqualTo("%zz%4");
    }

    @Test
    void ofStrangersOnlyVerifiedClaimsCount() {
        RequestDraft unsigned = DecisionProbe.draft("x.example.com", "/", bearer("{\"org\":\"forged\"}"));
        assertThat(tenant(ListenerTraits.EXTERNAL, unsigned)).isEqualTo("-");
        assertThat(tenant(ListenerTraits.INTERNAL, unsigned)).isEqualTo("forged");
        RequestDraft verified = DecisionProbe.draft("x.example.com", "/", bearer("{\"org\":\"forged\"}"))
                .claim("org", "acme");
        assertThat(tenant(ListenerTraits.EXTERNAL, verified)).isEqualTo("acme");
        assertThat(tenant(ListenerTraits.EXTERNAL, new RequestDraft("x.example.com", "/").claim("team", "t")))
                .isEqualTo("-");
    }

    @Test
    void whyAClaimDoesNotCountIsExplained() {
        RequestDraft unsigned = DecisionProbe.draft("x.example.com", "/", bearer("{\"org\":\"forged\"}"));
        assertThat(Explanation.of(TABLE.table(), ListenerTraits.EXTERNAL, unsigned, null, null)
                        .lines())
                .anyMatch(line -> line.contains("only of a token that the listener's jwt has verified"));
        assertThat(Explanation.of(
                                TABLE.table(),
                                ListenerTraits.INTERNAL,
                                new RequestDraft("x.example.com", "/"),
                                null,
                                null)
                        .lines())
                .noneMatch(line -> line.contains("verified"));
    }

    @Test
    void aClaimIsReadFromTheTokensPayloadAndNothingElseIsAToken() {
        assertThat(tenant("x.example.com", "/", bearer("{\"sub\":{\"org\":\"no\"},\"org\":\"ac\\u006de\"}")))
                .isEqualTo("acme");
        assertThat(tenant("x.example.com", "/", bearer("{\"org\": 42}"))).isEqualTo("42");
        assertThat(tenant("x.example.com", "/", bearer("{\"other\":\"x\"}"))).isEqualTo("-");
        assertThat(tenant("x.example.com", "/", bearer("not json"))).isEqualTo("-");
        assertThat(tenant("x.example.com", "/", "authorization: Bearer a.b")).isEqualTo("-");
        assertThat(tenant("x.example.com", "/", "authorization: Bearer a.?.c")).isEqualTo("-");
        assertThat(tenant("x.example.com", "/", "authorization: Basic dGVuYW50"))
                .isEqualTo("-");
    }
}
