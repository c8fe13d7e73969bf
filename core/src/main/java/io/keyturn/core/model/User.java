package io.keyturn.core.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An IAM user as it was read.
 *
 * @param keys in order of creation; ordinarily two at most, but nothing here counts on it
 * @param tags tag keys and values, as they stand: hostile text
 * @param groups names of the groups the user is in
 * @param policies names of attached and inline policies
 * @param boundary ARN of the permissions boundary; known and empty where there is none
 * @param console whether there is a console password
 * @param mfa whether there is an MFA device
 */
public record User(
        UserName name,
        UserId id,
        String arn,
        String path,
        Instant created,
        Fact<List<AccessKey>> keys,
        Fact<Map<String, String>> tags,
        Fact<List<String>> groups,
        Fact<List<String>> policies,
        Fact<String> boundary,
        Fact<Boolean> console,
        Fact<Boolean> mfa) {
    /** The same user with other keys, such as the same ones now known by their IDs. */
    public User withKeys(Fact<List<AccessKey>> other) {
        return new User(name, id, arn, path, created, other, tags, groups, policies, boundary, console, mfa);
    }
}
