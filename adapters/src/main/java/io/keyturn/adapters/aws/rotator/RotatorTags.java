package io.keyturn.adapters.aws.rotator;

import java.time.Duration;

/**
 * The tags of users that check-and-rotate-iam-access-keys-age keeps its state in, and the one that Keyturn adds.
 *
 * @param email tag of the address of the user's owner: without it the tool does nothing for a user
 * @param date tag of the day on which the old key got its successor, or was switched off
 * @param oldKey tag of the old key's ID
 * @param bucket where new keys lie
 * @param grace from the day of the successor to the end of the old key
 * @param coolDown from that end to the deletion
 */
public record RotatorTags(String email, String date, String oldKey, String bucket, Duration grace, Duration coolDown) {
    /** Set before a key is made, and there only while a step is under way or was not told; the tool knows nothing of it. */
    public static final String MARK = "keyturn-rotation";

    /** Where the tool puts the file of a new key, as an ARN of S3. */
    String place(String partition, String user, String key) {
        return "arn:" + partition + ":s3:::" + bucket + "/credential/" + user + "/" + user + "_" + key + ".csv";
    }
}
