package io.laneway.router.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.laneway.router.text.Slice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostPatternTest {

    private static String found(String pattern, String host) {
        Slice into = new Slice();
        return HostPattern.parse(pattern, "lane").match(Slice.of(host), into) ? into.toString() : null;
    }

    @ParameterizedTest
    @CsvSource({
        "app-{lane}.example.com, app-f-1.example.com, f-1",
        "app-{lane}.example.com, APP-F-1.Example.COM, F-1",
        "APP-{lane}.EXAMPLE.com, app-f-1.example.com, f-1",
        "{lane}.example.com, f-1.example.com, f-1",
        "{lane}-app.example.com, f-1-app.example.com, f-1",
        "app.{lane}, app.x, x",
        "a{lane}b, axb, x"
    })
    void theLaneIsWhatIsInTheBraces(String pattern, String host, String lane) {
        assertThat(found(pattern, host)).isEqualTo(lane);
    }

    @ParameterizedTest
    @CsvSource({
        "app-{lane}.example.com, app-.example.com",
        "app-{lane}.example.com, app-a.b.example.com",
        "app-{lane}.example.com, app-f-1.example.org",
        "app-{lane}.example.com, app.example.com",
        "app-{lane}.example.com, xapp-f-1.example.com",
        "app-{lane}.example.com, app-f-1.example.com.",
        "ab{lane}ba, aba",
        "{lane}.example.com, .example.com"
    })
    void anotherHostDoesNotFit(String pattern, String host) {
        assertThat(found(pattern, host)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "app-{lane}.example.com, app.example.com",
        "App-{lane}.Example.com, app.example.com",
        "{lane}-app.example.com, app.example.com",
        "{lane}.app.example.com, app.example.com",
        "app.{lane}.example.com, app.example.com",
        "app{lane}.example.com, app.example.com",
        "app{lane}-x.example.com, app-x.example.com",
        "x.{lane}-app.example.com, x.app.example.com",
        "app.{lane}, app"
    })
    void withoutTheLaneItIsTheHostOfTheService(String pattern, String host) {
        assertThat(HostPattern.parse(pattern, "lane").without()).isEqualTo(host);
    }

    @Test
    void leavesTheResultAloneWhereItDoesNotFit() {
        Slice into = Slice.of("before");
        assertThat(HostPattern.parse("a-{lane}.b", "lane").match(Slice.of("c"), into))
                .isFalse();
        assertThat(into).hasToString("before");
    }

    @Test
    void aPatternWithoutItsPlaceIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostPattern.parse("app-{tenant}.example.com", "lane"))
                .withMessage("host: app-{tenant}.example.com (expected: a pattern with {lane})");
    }
}
