package io.keyturn.adapters.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Reads an address that may be a secret: what is wrong with it is never told by repeating it. */
public final class WebAddress {
    private WebAddress() {}

    /** The address; empty where the text is none with a scheme and a host. */
    public static Optional<URI> of(String text) {
        try {
            URI address = new URI(text.strip());
            return address.getScheme() == null || address.getHost() == null ? Optional.empty() : Optional.of(address);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
