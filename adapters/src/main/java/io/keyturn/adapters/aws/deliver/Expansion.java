package io.keyturn.adapters.aws.deliver;

import io.keyturn.core.assess.Owner;
import io.keyturn.engine.port.SecretSink.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Fills the templates of a policy for one user. Names and tags are an attacker's text: what is not plainly a name is
 * refused, so that none of them reaches beyond its place in an ARN.
 */
final class Expansion {
    /** Names of users and roles as IAM allows them, which have neither wildcards nor slashes. */
    private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]{1,64}");

    private static final Pattern READER =
            Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:(?:role|user)/[\\w+=,.@/-]{1,512}"
                    + "|arn:aws[a-z-]*:sts::\\d{12}:assumed-role/[\\w+=,.@-]{1,64}/[\\w+=,.@-]{2,64}");

    private final Address address;
    private final boolean trustOwnerTag;
    private final Words words;

    Expansion(Address address, boolean trustOwnerTag, Words words) {
        this.address = address;
        this.trustOwnerTag = trustOwnerTag;
        this.words = words;
    }

    /**
     * The name of the user's secret. A character of the user's name that the service does not know becomes a point, and
     * what follows the next slash says where it was, so that no two users share a name.
     *
     * @param signs the service's characters beside letters and digits
     * @param allowed what the service takes for a name
     */
    String name(String template, String signs, Pattern allowed) throws NotDelivered {
        String user = address.name().value();
        if (!NAME.matcher(user).matches()) {
            throw refused("its name has characters that no IAM user's name has", "");
        }
        int[] strange = IntStream.range(0, user.length())
                .filter(at -> !Character.isLetterOrDigit(user.charAt(at)) && signs.indexOf(user.charAt(at)) < 0)
                .toArray();
        StringBuilder known = new StringBuilder(user);
        IntStream.of(strange).forEach(at -> known.setCharAt(at, '.'));
        String filled = fixed(template).replace("${user}", known);
        if (strange.length > 0) {
            filled += "/"
                    + IntStream.of(strange)
                            .mapToObj(at -> at + "-" + Integer.toHexString(user.charAt(at)))
                            .collect(Collectors.joining("."));
        }
        if (!allowed.matcher(filled).matches()) {
            throw refused("\"" + filled + "\" is no name of a secret", "correct rotate.deliver.name");
        }
        return filled;
    }

    /** Who may read, as ARNs. */
    List<String> readers(List<String> templates) throws NotDelivered {
        List<String> readers = new ArrayList<>();
        for (String template : templates) {
            String reader = fixed(template).replace("${user}", address.name().value());
            if (reader.contains("${owner}")) {
                reader = reader.replace("${owner}", owner());
            }
            if (!READER.matcher(reader).matches()) {
                throw refused(
                        "the reader \"" + template + "\" comes to what is not the ARN of a role, user or session",
                        "correct rotate.deliver.readers");
            }
            if (isUser(reader)) {
                throw refused(
                        "the rotated user itself would read its new secret, and so would whoever holds the old key",
                        "name a role of its owner, or say self-fetch: true instead of deliver");
            }
            readers.add(reader);
        }
        return readers;
    }

    /** The ARN of the user, without its path. */
    String user() {
        return users() + address.name();
    }

    private String users() {
        return "arn:" + address.account().partition() + ":iam::"
                + address.account().id() + ":user/";
    }

    private boolean isUser(String reader) {
        return reader.startsWith(users()) && reader.endsWith("/" + address.name());
    }

    private String owner() throws NotDelivered {
        Owner owner = address.owner();
        if (owner == null) {
            throw refused(
                    "its readers are its owner's, and nobody is known as its owner", "name one in the owners file");
        }
        boolean byTag = owner.source().startsWith("tag ");
        if (owner.byHearsay() && !(byTag && trustOwnerTag)) {
            throw refused(
                    "its readers are its owner's, and the owner \"" + plain(owner.name()) + "\" comes from "
                            + plain(owner.source())
                            + (byTag
                                    ? ", which whoever may tag the user can change"
                                    : ", which is enough to be told of a key and not to read its secret"),
                    byTag
                            ? "name the owner in an owners file, or say trust-owner-tag: true"
                            : "name the owner in an owners file");
        }
        if (!NAME.matcher(owner.name()).matches()) {
            throw refused(
                    "its readers are its owner's, and the owner \"" + plain(owner.name()) + "\" is no name of a role",
                    "name the owner as its role is called");
        }
        return owner.name();
    }

    private String fixed(String template) {
        return template.replace("${partition}", address.account().partition().id())
                .replace("${account}", address.account().id().value());
    }

    /** For a message: short, and without what a terminal or page would take for more than text. */
    private static String plain(String text) {
        String clean = text.replaceAll("[^\\w+=,.@/:# -]", "?");
        return clean.length() > 64 ? clean.substring(0, 64) + "…" : clean;
    }

    private NotDelivered refused(String why, String advice) {
        return NotDelivered.refused(words.problem(why, advice));
    }
}
