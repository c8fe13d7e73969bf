package io.keyturn.sandbox.world;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;

/** The credential report of an account. Columns and values: IAM user guide, "Understanding the report format". */
final class CredentialReportCsv {
    private static final String HEADER = "user,arn,user_creation_time,password_enabled,password_last_used,"
            + "password_last_changed,password_next_rotation,mfa_active,"
            + "access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,"
            + "access_key_1_last_used_service,"
            + "access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,"
            + "access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated";

    private CredentialReportCsv() {}

    static String of(Report report) {
        List<SimUser> users = report.users();
        Instant at = report.asOf();
        boolean more = users.stream().anyMatch(user -> user.keys().size() > 2);
        StringBuilder csv = new StringBuilder(users.size() * 300 + 1000).append(HEADER);
        csv.append(more ? ",additional_credentials_info\n" : "\n");
        csv.append("<root_account>,arn:")
                .append(report.partition())
                .append(":iam::")
                .append(report.account());
        csv.append(":root,2016-03-01T09:00:00+00:00,not_supported,no_information,not_supported,not_supported,true");
        keys(csv, report.rootKeys(), at);
        csv.append(more ? ",\n" : "\n");
        for (SimUser user : users) {
            csv.append(cell(user.name())).append(',').append(cell(user.arn(report.partition(), report.account())));
            csv.append(',').append(time(user.created()));
            csv.append(
                    user.password() ? ",true,no_information," + time(user.created()) + ",N/A" : ",false,N/A,N/A,N/A");
            csv.append(user.mfa() ? ",true" : ",false");
            keys(csv, user.keys(), at);
            if (more) {
                csv.append(',');
                int extra = user.keys().size() - 2;
                csv.append(extra > 0 ? "{additional_access_keys: " + extra + "}" : "");
            }
            csv.append('\n');
        }
        return csv.toString();
    }

    /** Slots are ordered by key ID, not by age. */
    private static void keys(StringBuilder csv, List<SimKey> keys, Instant at) {
        List<SimKey> slots =
                keys.stream().sorted(Comparator.comparing(SimKey::id)).limit(2).toList();
        for (int slot = 0; slot < 2; slot++) {
            if (slot < slots.size()) {
                SimKey key = slots.get(slot);
                csv.append(key.active() ? ",true," : ",false,").append(time(key.created()));
                Use use = key.useShownAt(at);
                csv.append(',').append(use == null ? "N/A" : time(use.at()));
                csv.append(',').append(use == null ? "N/A" : use.region());
                csv.append(',').append(use == null ? "N/A" : use.service());
            } else {
                csv.append(",false,N/A,N/A,N/A,N/A");
            }
        }
        csv.append(",false,N/A,false,N/A");
    }

    /** IAM lets commas into user names. */
    private static String cell(String text) {
        return text.indexOf(',') < 0 ? text : '"' + text + '"';
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", "+00:00");
    }
}
