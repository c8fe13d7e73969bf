package io.keyturn.app.presets;

/** What rotator's settings mean, as a configuration with comments. */
final class RotatorFile {
    private RotatorFile() {}

    static String text(String sender, String region, String email, String bucket, Rotator.Days days, String condition) {
        return """
                # What `keyturn run --preset rotator` does, as a configuration: `keyturn run --config keyturn.yaml`.
                # The steps, the mails and the bucket are the same. What was done is remembered in a file (`store`) and not in
                # tags of users: let rotations that are under way end with the preset, or with the tool, before you change.

                accounts:
                  - {}                        # that of the credentials at hand
                  # - organization: {roles: {read: keyturn-read, act: keyturn-act, create: keyturn-create}}    # better

                policies:
                  - name: rotator
                    when: '%6$s'
                    # "older than 30 days" is from the 31st day of the calendar on
                    age: {warn: %7$dd, expire: %8$dd, on-warn: [remind], on-expire: [remind, rotate]}
                    remind-every: 12h         # on every daily run, as the tool; better: 7d
                    rotate:
                      deliver: {to: s3-csv, bucket: %5$s}
                      # better: {to: secrets-manager, readers: ["arn:${partition}:iam::${account}:role/${owner}"]}, where the
                      # owner's role reads the secret, and not whoever holds the old key
                      by: time                # better: use, which switches the old key off when the new one is in use
                      deactivate-after: %9$dd
                      delete-after: %10$dd
                      probe: off              # better: on, which tries a new key before its owner is told
                      despite: [owned-by-code, sends-mail]    # better: none

                owners:
                  - tag: "%4$s"
                  # - default: {email: cloud-team@example.com}    # better: who hears of keys that nobody owns

                notices: {per: key}           # better: owner, one mail to each
                channels:
                  email:
                    from: %2$s
                    via: ses
                    region: %3$s
                    allowed-domains: ["*"]    # better: your own, so that no tag leads a stranger to a new key
                    accept: handed-over       # better: without, where SES's suppression list can be read

                first-notice: none            # better: 30d, so that owners hear before a key is replaced
                count-days: calendar          # as the tool counts; elapsed counts every 24 hours
                read: live                    # as the tool reads; auto takes AWS's report where that is cheaper
                leaks: false                  # better: auto, which finds keys that AWS knows to be leaked
                stages:
                  - {stage: enforce}          # better: observe first, and a stage for each account
                """.formatted(
                        "",
                        sender,
                        region,
                        email,
                        bucket,
                        condition.replace("'", "''"),
                        days.warn().toDays(),
                        days.expire().toDays(),
                        days.grace().toDays(),
                        days.coolDown().toDays());
    }
}
