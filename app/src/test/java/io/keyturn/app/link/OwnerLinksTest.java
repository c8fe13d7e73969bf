package io.keyturn.app.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerLinksTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final URI BASE = URI.create("https://keyturn.example.com");
    private static final String SECRET = "a secret of thirty-two characters";

    private final OwnerLinks links = new OwnerLinks(BASE, SECRET);

    private static String own(URI link) {
        return link.getPath().substring(OwnerLinks.PATH.length());
    }

    private String link(String owner) {
        return own(links.of(owner, NOW, Duration.ofDays(30)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"b.khan@example.com", "#team", "U0FERNHILL1", "a\nb", "<script>\u202e", "ß/../../keys?x=1#y"})
    void aLinkOpensThePageOfItsOwnerWhateverTheyAreCalled(String owner) {
        URI link = links.of(owner, NOW, Duration.ofDays(30));
        assertThat(link.toString())
                .matches("https://keyturn\\.example\\.com/your-keys/[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{43}");
        assertThat(links.open(own(link), NOW)).isEqualTo(new OwnerLinks.Answer.Owner(owner));
    }

    @Test
    void itEndsWithItsTime() {
        Instant until = NOW.plus(Duration.ofDays(30));
        assertThat(links.open(link("ann"), until.minusSeconds(1))).isInstanceOf(OwnerLinks.Answer.Owner.class);
        assertThat(links.open(link("ann"), until)).isEqualTo(new OwnerLinks.Answer.Over(until));
    }

    @Test
    void nothingThatWasSealedElsewhereOpensAnything() {
        OwnerLinks otherSecret = new OwnerLinks(BASE, "another secret of the same length!");
        OwnerLinks otherServer = new OwnerLinks(URI.create("https://keyturn.example.org"), SECRET);
        for (OwnerLinks other : new OwnerLinks[] {otherSecret, otherServer}) {
            assertThat(links.open(own(other.of("ann", NOW, Duration.ofDays(30))), NOW))
                    .isEqualTo(new OwnerLinks.Answer.Foreign());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "a.b", "...", "preview", "%00.%00", "AAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void whatNobodySealedOpensNothing(String own) {
        assertThat(links.open(own, NOW)).isEqualTo(new OwnerLinks.Answer.Foreign());
        assertThat(links.open("x".repeat(100_000) + ".y", NOW)).isEqualTo(new OwnerLinks.Answer.Foreign());
    }

    @Test
    void noSingleCharacterOfALinkCanBeAnotherOne() {
        String good = link("ann");
        for (int i = 0; i < good.length(); i++) {
            char other = good.charAt(i) == 'A' ? 'B' : 'A';
            String bent = good.substring(0, i) + other + good.substring(i + 1);
            assertThat(links.open(bent, NOW)).as(bent).isEqualTo(new OwnerLinks.Answer.Foreign());
        }
    }

    @Test
    void aShortSecretIsNone() {
        assertThatThrownBy(() -> new OwnerLinks(BASE, "short"))
                .hasMessage("the secret of notices.link has 5 characters, and 32 are the least: make a longer one");
    }
}
