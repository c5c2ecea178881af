package io.laneway.control.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.model.shift.Shift;
import io.laneway.router.model.shift.TenantSource;
import io.laneway.router.model.shift.TenantSource.Kind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenantNamesTest {

    private final TenantNames names = new TenantNames(() -> List.of(new Shift(
            "default",
            true,
            List.of(
                    new TenantSource(Kind.HEADER, "x-tenant-id"),
                    new TenantSource(Kind.QUERY, "t"),
                    new TenantSource(Kind.HOST, "{tenant}.shop.test")),
            List.of())));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "acme      | /o?name=acme&x=1        | /o?name=(hidden)&x=1",
                "acme      | /o?name=%61cme          | /o?name=(hidden)",
                "acme      | /acme/o                 | /(hidden)/o",
                "acme      | /acmeshop/o             | /acmeshop/o",
                "acme & co | /o?n=Acme+%26%20CO      | /o?n=(hidden)",
                "zürich    | /o?n=z%C3%BCrich        | /o?n=(hidden)",
                "a.b       | /o?n=a.b&m=axb          | /o?n=(hidden)&m=axb",
            })
    void aNameIsHiddenHoweverTheClientSentIt(String tenant, String path, String shown) {
        JsonObject record =
                new JsonObject().put("tenant", tenant).put("path", path).put("service", tenant);

        assertThat(names.hiddenLine(record))
                .isEqualTo(new JsonObject()
                        .put("tenant", "(hidden)")
                        .put("path", shown)
                        .put("service", tenant));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/o?t=acme&u=1 | edge.test          | /o?t=(hidden)&u=1 | edge.test",
                "/o?%74=acme   | edge.test          | /o?%74=(hidden)   | edge.test",
                "/o?ut=acme    | edge.test          | /o?ut=acme        | edge.test",
                "/o            | acme.shop.test:443 | /o                | (hidden).shop.test:443",
            })
    void whatCarriesATenantIsHiddenWhereTheDecisionLookedAtNone(
            String path, String authority, String shownPath, String shownAuthority) {
        JsonObject record =
                new JsonObject().put("path", path).put("authority", authority).putNull("tenant");

        assertThat(names.hiddenLine(record))
                .isEqualTo(new JsonObject()
                        .put("path", shownPath)
                        .put("authority", shownAuthority)
                        .putNull("tenant"));
    }

    @Test
    void theDecisionOfNowNamesNoTenantEither() {
        JsonObject now = new JsonObject()
                .put("tenant", "acme")
                .put("reason", "shift")
                .put("steps", new JsonArray().add("tenant acme has slot 7"));

        assertThat(names.hidden(List.of(new JsonObject().put("path", "/acme").put("now", now))))
                .containsExactly(new JsonObject()
                        .put("path", "/(hidden)")
                        .put("now", new JsonObject().put("tenant", "(hidden)").put("reason", "shift")));
    }

    @Test
    void aNameThatOneRecordHasIsHiddenInAllAndTheLongerOneFirst() {
        JsonObject knows = new JsonObject().put("tenant", "acme").put("path", "/acme");
        JsonObject other = new JsonObject().put("tenant", "acme-eu").put("user_agent", "app/acme-eu");
        JsonObject none = new JsonObject()
                .putNull("tenant")
                .put("path", "/x/%61CME/acme-eu")
                .put("x_request_id", "acme-1");

        assertThat(names.hidden(List.of(none, knows, other)))
                .containsExactly(
                        new JsonObject()
                                .putNull("tenant")
                                .put("path", "/x/(hidden)/(hidden)")
                                .put("x_request_id", "(hidden)-1"),
                        new JsonObject().put("tenant", "(hidden)").put("path", "/(hidden)"),
                        new JsonObject().put("tenant", "(hidden)").put("user_agent", "app/(hidden)"));
    }

    @Test
    void whereNamesAreManyNothingThatClientsSentIsShown() {
        List<JsonObject> records = IntStream.range(0, 65)
                .mapToObj(i -> new JsonObject().put("tenant", "t" + i).put("path", "/t" + (i + 1) % 65))
                .toList();

        assertThat(names.hidden(records))
                .containsOnly(new JsonObject().put("tenant", "(hidden)").put("path", "(hidden)"));
    }

    @Test
    void aLineThatDoesNotSayItsTenantShowsNothingThatAClientSent() {
        JsonObject line =
                new JsonObject().put("path", "/acme").put("user_agent", "a").put("service", "order");

        assertThat(names.hiddenLine(line))
                .isEqualTo(new JsonObject()
                        .put("path", "(hidden)")
                        .put("user_agent", "(hidden)")
                        .put("service", "order"));
    }
}
