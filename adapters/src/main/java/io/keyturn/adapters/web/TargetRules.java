package io.keyturn.adapters.web;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which addresses a request may be sent to: https alone, to no machine of one's own network, so that an address that
 * somebody else could write reaches nothing that only we can reach.
 *
 * <p>Between this look and the connection the name could come to mean another address. Java keeps an answer for 30
 * seconds, so that both see the same one; and where it has just run out, TLS still has to show a certificate for the
 * name before a byte of the request is sent, which what stands at a private address under a foreign name cannot.
 */
final class TargetRules {
    private static final String ANOTHER = "configure an https address on the public internet";

    private final Reach reach;
    private final Names names;

    /** Looks names up. */
    interface Names {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    TargetRules(Reach reach, Names names) {
        this.reach = reach;
        this.names = names;
    }

    /** Why nothing may be sent there; empty where it may. */
    Optional<Answer.NotSent> refusal(URI target) {
        String scheme = String.valueOf(target.getScheme()).toLowerCase(Locale.ROOT);
        boolean plain = scheme.equals("http") && reach.loopback();
        if (!scheme.equals("https") && !plain) {
            return refused("its address does not begin with https://");
        }
        if (target.getRawUserInfo() != null) {
            return refused("its address has a user name or password in it");
        }
        String host = target.getHost();
        if (host == null) {
            return refused("its address names no host");
        }
        try {
            return refusal(names.of(host), plain);
        } catch (UnknownHostException e) {
            return Optional.of(new Answer.NotSent(
                    "the host of its address is not known to DNS", "check the address, and the DNS of this machine"));
        }
    }

    private Optional<Answer.NotSent> refusal(InetAddress[] addresses, boolean plain) {
        Set<AddressKind> kinds = EnumSet.noneOf(AddressKind.class);
        for (InetAddress address : addresses) {
            kinds.add(AddressKind.of(address));
        }
        if (plain && !kinds.equals(EnumSet.of(AddressKind.LOOPBACK))) {
            return refused("its address begins with http:// and does not lead to this machine");
        }
        return kinds.stream().filter(kind -> !allowed(kind)).findFirst().map(this::refused);
    }

    private boolean allowed(AddressKind kind) {
        return switch (kind) {
            case PUBLIC -> true;
            case PRIVATE -> reach.privateAddresses();
            case LOOPBACK -> reach.loopback();
            case METADATA, SPECIAL -> false;
        };
    }

    private Answer.NotSent refused(AddressKind kind) {
        String advice = kind == AddressKind.PRIVATE
                ? "if it is meant to lie in your own network, set private-addresses: true for a webhook"
                : ANOTHER;
        return new Answer.NotSent("its host leads to " + kind.words() + ", where nothing is sent", advice);
    }

    private static Optional<Answer.NotSent> refused(String why) {
        return Optional.of(new Answer.NotSent(why, ANOTHER));
    }
}
