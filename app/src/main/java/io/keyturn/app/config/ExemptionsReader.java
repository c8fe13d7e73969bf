package io.keyturn.app.config;

import io.keyturn.core.policy.ArnPattern;
import io.keyturn.core.policy.Exemption;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code exemptions}: keys that no step touches, for a reason and until a day. */
final class ExemptionsReader {
    private static final List<String> KEYS = List.of("user", "owner", "reason", "until");
    private static final Pattern USERS = Pattern.compile("arn:[a-z*?-]+:iam::[0-9*?]{1,12}:user/.+");
    private static final Pattern EVERYBODY = Pattern.compile("arn:[a-z*?-]+:iam::\\*+:user/\\*+");

    List<Exemption> read(Fields top) {
        return top.each("exemptions", KEYS, ExemptionsReader::exemption);
    }

    private static Optional<Exemption> exemption(Fields f) {
        boolean whole = f.require("an exemption has user, owner, reason and until", "user", "owner", "reason", "until");
        String user = f.text(
                "user", USERS, "is not a pattern of user ARNs", "write for example arn:aws:iam::*:user/break-glass-*");
        String owner = f.text("owner", "write who answers for it");
        String reason = f.text("reason", "write why");
        Optional<LocalDate> until = Dates.day(f, "until");
        if (!whole || user == null || owner == null || reason == null || until.isEmpty()) {
            return Optional.empty();
        }
        if (EVERYBODY.matcher(user).matches()) {
            f.tree.warn(f.node("user"), f.at("user"), "exempts every user", "name a path or a name before the *");
        }
        return Optional.of(new Exemption(new ArnPattern(user), owner, reason, until.get()));
    }
}
