package io.laneway.router.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneLinkTest {

    private static final Instant END = Instant.parse("2026-12-01T00:00:00Z");
    private static final LinkSigner SIGNER = LinkSigner.fresh();

    @Test
    void aLinkIsVerifiedByTheKeyOfItsSignerAlone() {
        LaneLink link = LaneLink.parse(SIGNER.link("Feature/X", END));

        assertThat(link.lane()).isEqualTo("feature-x");
        assertThat(link.end()).isEqualTo(END.getEpochSecond());
        assertThat(link.keyId()).isEqualTo(SIGNER.key().id());
        assertThat(SIGNER.key().signed(link)).isTrue();
        assertThat(LinkSigner.fresh().key().signed(link)).isFalse();
    }

    @Test
    void noPartOfALinkCanBeChanged() {
        String text = SIGNER.link("f-1", END);
        LaneLink link = LaneLink.parse(text);
        byte[] other = link.signature().clone();
        other[10] ^= 1;

        for (LaneLink forged : List.of(
                new LaneLink("f-2", link.keyId(), link.end(), link.signature()),
                new LaneLink("f-1", "AAAAAAAA", link.end(), link.signature()),
                new LaneLink("f-1", link.keyId(), link.end() + 1, link.signature()),
                new LaneLink("f-1", link.keyId(), link.end(), other))) {
            assertThat(SIGNER.key().signed(forged)).as(forged.toString()).isFalse();
        }
        assertThat(link).hasToString(text);
    }

    @Test
    void thereIsOneWayOnlyToWriteALink() {
        String text = SIGNER.link("f-1", END);
        char last = text.charAt(text.length() - 1);
        String spare = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        String twin = text.substring(0, text.length() - 1) + spare.charAt(spare.indexOf(last) + 1);

        for (String odd : List.of(
                "",
                "f-1",
                text + "=",
                text + " ",
                " " + text,
                twin,
                text.replace(".", ".."),
                text.replace("f-1.", "F-1."),
                text.replaceFirst("\\.(\\d+)\\.", ".0$1."),
                text.replaceFirst("\\.(\\d+)\\.", ".$1$1."),
                "x".repeat(10_000))) {
            assertThat(LaneLink.parse(odd)).as(odd).isNull();
        }
    }

    @Test
    void aSignerIsReadAsItWasWritten() {
        LinkSigner again = LinkSigner.read(SIGNER.secret() + "\n");

        assertThat(again.key()).isEqualTo(SIGNER.key());
        assertThat(SIGNER.key().signed(LaneLink.parse(again.link("f-1", END)))).isTrue();
        assertThat(LinkKey.parse(SIGNER.key().toString())).isEqualTo(SIGNER.key());
    }

    @Test
    void whatIsNoKeyIsRefusedWithoutSayingASecret() {
        String secret = SIGNER.secret();
        String halves = secret.substring(0, secret.indexOf('.') + 1)
                + LinkSigner.fresh().key();

        for (String odd : List.of("", "abc", secret.substring(1), secret + "x", halves)) {
            assertThatThrownBy(() -> LinkSigner.read(odd))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining(secret.substring(5, 30));
        }
        assertThatThrownBy(() -> LinkKey.parse("AAAA")).hasMessageContaining("43 characters of base64url");
    }
}
