package io.keyturn.app.wiring;

import io.keyturn.app.link.OwnerLinks;
import io.keyturn.app.words.Links;
import io.keyturn.app.words.Manner;
import io.keyturn.engine.port.SecretFailure;
import io.keyturn.engine.port.Secrets;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/** Makes the links to owners' pages, where these are configured. */
final class OwnerPages {
    private OwnerPages() {}

    /** Seals and opens links; empty where none are configured. */
    static Optional<OwnerLinks> links(Manner manner, Secrets secrets) throws SecretFailure {
        Manner.Link link = manner.link();
        if (link == null) {
            return Optional.empty();
        }
        String secret = secrets.find(link.secret()).reveal();
        try {
            return Optional.of(new OwnerLinks(link.base(), secret));
        } catch (IllegalArgumentException tooShort) {
            throw new SecretFailure(link.secret(), "", String.valueOf(tooShort.getMessage()), "");
        }
    }

    /** For messages: where the secret cannot be had they go out without the link, for that somebody is told counts more. */
    static Links of(Manner manner, Secrets secrets, InstantSource clock) {
        Manner.Link link = manner.link();
        if (link == null) {
            return Links.NONE;
        }
        try {
            return links(manner, secrets)
                    .<Links>map(seal -> owner -> seal.of(owner.name(), clock.instant(), link.valid()))
                    .orElse(Links.NONE);
        } catch (SecretFailure e) {
            return Links.NONE;
        }
    }

    /** For previews, which open nothing. */
    static Links shown(Manner manner) {
        Manner.Link link = manner.link();
        URI shown = link == null ? null : OwnerLinks.at(link.base(), "preview");
        return owner -> shown;
    }
}
