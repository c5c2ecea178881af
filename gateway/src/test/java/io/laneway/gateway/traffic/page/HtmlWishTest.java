package io.laneway.gateway.traffic.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.router.text.HeaderName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Browsers get pages, programs get JSON. */
class HtmlWishTest {

    private static boolean wishes(String... accept) {
        HeaderLines lines = new HeaderLines();
        for (String each : accept) {
            lines.add(HeaderName.of("accept"), each);
        }
        return new HtmlWish().in(lines);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Chrome, Firefox and Safari, old and new
                "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,"
                        + "application/signed-exchange;v=b3;q=0.7",
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/png,image/svg+xml,*/*;q=0.8",
                "text/html, application/xhtml+xml, image/jxr, */*",
                // Turbo, jQuery's load
                "text/vnd.turbo-stream.html, text/html, application/xhtml+xml",
                "text/html, */*; q=0.01",
                "text/html",
                "TEXT/HTML",
                "text/html;charset=utf-8",
                "text/html;level=\"a,b;q=0\"",
                "text/*",
                "text/html;q=0.5,application/json;q=0.499",
                "application/json;q=0,text/html;q=0.001",
                "application/*;q=0.9,text/html",
                "*/*;q=0.1,text/*;q=0.2",
                "text/html ; q = 1.000 , application/json ;q=0.999",
                "application/problem+json;q=0.3, application/json;q=0.4, text/html;q=0.5"
            })
    void clientsThatLikeHtmlBetterGetIt(String accept) {
        assertThat(wishes(accept)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // curl and fetch, axios, Angular, htmx by JSON
                "*/*",
                "application/json, text/plain, */*",
                "application/json",
                "application/problem+json",
                "application/json, text/html",
                "text/html;q=0.9, application/json",
                "text/html, application/problem+json",
                "text/html;q=0",
                "text/html;q=0, */*",
                "text/html;q=0.0004",
                "text/html;q=1.5",
                "text/html;q=x",
                "text/html;q=",
                "text/html;q",
                "text/html;q=0.1, */*;q=0.2",
                "text/*;q=0.5, text/html;q=0.1, application/json;q=0.3",
                "image/avif,image/webp,image/png,*/*;q=0.8",
                "application/xhtml+xml",
                "text/htmlx",
                "text/event-stream",
                "application/grpc-web-text",
                "",
                ",",
                ",,;q=1,;",
                "\"text/html",
                "text/html;q=0.5;q=0"
            })
    void otherClientsGetJson(String accept) {
        assertThat(wishes(accept)).isFalse();
    }

    @Test
    void severalLinesAreOneList() {
        assertThat(wishes()).isFalse();
        assertThat(wishes("application/json", "text/html;q=0.9")).isFalse();
        assertThat(wishes("*/*;q=0.8", "text/html")).isTrue();
    }

    @Test
    void oneWishIsForgottenForTheNext() {
        HtmlWish wish = new HtmlWish();
        HeaderLines html = new HeaderLines();
        html.add(HeaderName.of("accept"), "text/html");
        for (boolean expected : List.of(true, false, true)) {
            assertThat(wish.in(expected ? html : new HeaderLines())).isEqualTo(expected);
        }
    }
}
