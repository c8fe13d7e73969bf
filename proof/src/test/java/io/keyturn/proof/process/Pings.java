package io.keyturn.proof.process;

import io.keyturn.proof.moto.AgedMoto;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keycheck's table, through another client.
 *
 * @param keys the key of each user
 */
record Pings(AgedMoto moto, Map<String, String> keys) {
    private static final DateTimeFormatter PINGED =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    /** The names of all tables. */
    String tables() throws Exception {
        return moto.python("print(*boto3.client('dynamodb').list_tables()['TableNames'])")
                .strip();
    }

    /** The rows of the table: the user and the time, a line each. */
    List<String> rows(String table) throws Exception {
        Map<String, String> users = new TreeMap<>();
        keys.forEach((user, key) -> users.put(key, user));
        return moto.python("""
                for row in boto3.client("dynamodb").scan(TableName="%s")["Items"]:
                    assert set(row) == {"iam_access_key_id", "last_pinged_time"}, row
                    print(row["iam_access_key_id"]["S"], row["last_pinged_time"]["S"])
                """.formatted(table))
                .lines()
                .map(line -> users.get(line.split(" ")[0]) + line.substring(line.indexOf(' ')))
                .sorted()
                .toList();
    }

    /** Writes down that somebody was told, as the tool does; makes the table where there is none. */
    void toldBefore(String table, String user, Duration ago) throws Exception {
        moto.python(
                """
                client = boto3.client("dynamodb")
                if "%1$s" not in client.list_tables()["TableNames"]:
                    client.create_table(TableName="%1$s", BillingMode="PAY_PER_REQUEST",
                        KeySchema=[{"AttributeName": "iam_access_key_id", "KeyType": "HASH"},
                                   {"AttributeName": "last_pinged_time", "KeyType": "RANGE"}],
                        AttributeDefinitions=[{"AttributeName": "iam_access_key_id", "AttributeType": "S"},
                                              {"AttributeName": "last_pinged_time", "AttributeType": "S"}])
                client.put_item(TableName="%1$s", Item={"iam_access_key_id": {"S": "%2$s"},
                                                        "last_pinged_time": {"S": "%3$s"}})
                """.formatted(table, keys.get(user), PINGED.format(Instant.now().minus(ago))));
    }
}
