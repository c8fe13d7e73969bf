package io.keyturn.adapters.aws;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.RootKeys;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the text of a credential report, by the names of its columns and never by their places. */
final class ReportParser {
    private static final String ROOT = "<root_account>";
    private static final List<String> NEEDED = List.of(
            "user",
            "arn",
            "user_creation_time",
            "password_enabled",
            "mfa_active",
            "access_key_1_active",
            "access_key_1_last_rotated",
            "access_key_1_last_used_date",
            "access_key_2_active",
            "access_key_2_last_rotated",
            "access_key_2_last_used_date");

    private final String account;
    private final Instant generated;
    private final Map<String, Integer> columns = new HashMap<>();

    private ReportParser(String account, Instant generated) {
        this.account = account;
        this.generated = generated;
    }

    /** The report cannot be used; the message is a clause for people. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String why) {
            super(why);
        }

        String why() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * Reads the whole report.
     *
     * @param account the twelve digits that every ARN in it must carry
     */
    static CredentialReport parse(String text, String account, Instant generated) throws Unusable {
        return new ReportParser(account, generated).read(text);
    }

    private CredentialReport read(String text) throws Unusable {
        Csv csv = new Csv(text);
        List<String> header = csv.next();
        if (header == null) {
            throw new Unusable("the credential report is empty");
        }
        for (int i = 0; i < header.size(); i++) {
            columns.putIfAbsent(header.get(i).strip(), i);
        }
        for (String name : NEEDED) {
            if (!columns.containsKey(name)) {
                throw new Unusable("the credential report lacks the column " + name);
            }
        }
        Map<String, CredentialReport.Row> rows = new LinkedHashMap<>();
        RootKeys root = null;
        int line = 1;
        for (List<String> fields = csv.next(); fields != null; fields = csv.next()) {
            line++;
            checkWidth(fields, header.size(), line, csv.cutOff());
            Line row = new Line(fields, line);
            row.checkAccount();
            if (row.text("user").equals(ROOT)) {
                root = row.rootKeys();
            } else if (rows.put(row.text("user"), row.user()) != null) {
                throw new Unusable("row " + line + " of the credential report names a user for the second time");
            }
        }
        return new CredentialReport(generated, rows, root);
    }

    private static void checkWidth(List<String> fields, int width, int line, boolean cutOff) throws Unusable {
        if (cutOff || fields.size() != width) {
            throw new Unusable("row " + line + " of the credential report has " + fields.size() + " of " + width
                    + " columns: it is cut off");
        }
    }

    /** One row. */
    private final class Line {
        private final List<String> fields;
        private final int number;

        Line(List<String> fields, int number) {
            this.fields = fields;
            this.number = number;
        }

        String text(String column) {
            Integer at = columns.get(column);
            return at == null ? "N/A" : fields.get(at).strip();
        }

        void checkAccount() throws Unusable {
            String[] parts = text("arn").split(":", 6);
            if (parts.length < 6 || !parts[4].equals(account)) {
                throw new Unusable("the credential report is of another account: row " + number + " has the ARN "
                        + text("arn") + ", and the account read is " + account);
            }
        }

        CredentialReport.Row user() throws Unusable {
            return new CredentialReport.Row(
                    text("user"),
                    text("arn"),
                    instant("user_creation_time"),
                    flag("password_enabled"),
                    flag("mfa_active"),
                    more() ? null : keys());
        }

        RootKeys rootKeys() throws Unusable {
            List<AccessKey> keys = keys();
            if (keys == null) {
                return new RootKeys(true, List.of());
            }
            return keys.isEmpty() ? RootKeys.NONE : new RootKeys(true, keys);
        }

        /** Whether the user has credentials that the row's columns have no room for. */
        private boolean more() {
            String info = text("additional_credentials_info");
            return !absent(info) && !info.equals("[]") && !info.equalsIgnoreCase("false");
        }

        private @Nullable List<AccessKey> keys() throws Unusable {
            List<AccessKey> keys = new ArrayList<>();
            for (int slot = 1; slot <= 2; slot++) {
                String prefix = "access_key_" + slot;
                boolean active = flag(prefix + "_active");
                if (!absent(text(prefix + "_last_rotated"))) {
                    Instant created = instant(prefix + "_last_rotated");
                    keys.add(new AccessKey(slot, null, active, created, lastUse(prefix), generated));
                } else if (active) {
                    return null;
                }
            }
            keys.sort(KeyOrder.BY_CREATION);
            return List.copyOf(keys);
        }

        private LastUse lastUse(String prefix) throws Unusable {
            if (absent(text(prefix + "_last_used_date"))) {
                return LastUse.NEVER_USED;
            }
            return new LastUse.Used(
                    instant(prefix + "_last_used_date"),
                    word(text(prefix + "_last_used_service")),
                    word(text(prefix + "_last_used_region")));
        }

        private boolean flag(String column) throws Unusable {
            String value = text(column);
            if (value.equalsIgnoreCase("true")) {
                return true;
            }
            if (value.equalsIgnoreCase("false") || absent(value)) {
                return false;
            }
            throw unreadable(column, value, "true or false");
        }

        private Instant instant(String column) throws Unusable {
            String value = text(column);
            try {
                return AwsTime.parse(value);
            } catch (DateTimeException e) {
                throw unreadable(column, value, "a time");
            }
        }

        private Unusable unreadable(String column, String value, String expected) {
            return new Unusable("row " + number + " of the credential report has \"" + value + "\" in the column "
                    + column + ", where " + expected + " was expected");
        }
    }

    private static String word(String value) {
        return absent(value) ? "N/A" : value;
    }

    private static boolean absent(String value) {
        return switch (value) {
            case "", "N/A", "no_information", "not_supported" -> true;
            default -> false;
        };
    }
}
