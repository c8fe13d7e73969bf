package io.keyturn.adapters.aws.journal;

import io.keyturn.adapters.aws.AwsEnvironment;
import io.keyturn.adapters.aws.journal.DynamoCalls.Result;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The journal in one table of DynamoDB: for several workers, and for those without a disk.
 *
 * <p>An append is one transaction of at most four items: the fence stands, the head is the expected one and moves, the
 * lines come in, and a new stream enters the list of streams. The lines of an append lie packed in one item, so that
 * DynamoDB's hundred items a transaction bound nothing and a batch costs hardly more than a line. Lines that do not fit
 * into one item go first, item by item, into a partition of their own, named at random; the transaction then puts in
 * their place an item that names this partition. So it is the transaction alone that makes lines visible, all or none.
 * A worker that dies before it leaves a partition that nothing names: nobody reads it, no later writer meets it, and a
 * write of the dead one that lands late lands there too. It costs its storage, and needs no clearing up.
 *
 * <p>No index by user or key: whoever asks for these reads the streams in question and picks. People ask seldom and
 * workers write always; an item more for every user and key would multiply what each append costs, and would be a second
 * truth to keep in step.
 */
public final class DynamoJournal implements JournalStore {
    /** What its user must be allowed on its table, once that is there. */
    public static final Set<String> PERMISSIONS = Set.of(
            "dynamodb:ConditionCheckItem",
            "dynamodb:DescribeTable",
            "dynamodb:GetItem",
            "dynamodb:PutItem",
            "dynamodb:Query");

    private static final int PAGE = 1_000;
    private static final String STREAMS = "streams";

    private final String place;
    private final String table;
    private final SdkHttpClient http;
    private final DynamoDbClient client;
    private final DynamoErrors errors;
    private final DynamoCalls calls;
    private final TableAccess at;
    private final DynamoLines lines;
    private final @Nullable String warning;

    private DynamoJournal(DynamoSettings settings, AwsEnvironment aws, String region, boolean makes, Pauses pauses)
            throws StoreFailure {
        this.table = settings.table();
        this.place = place(settings, region);
        this.http = AwsEnvironment.connections();
        this.client = aws.configure(DynamoDbClient.builder(), "DYNAMODB", Region.of(region), http)
                .credentialsProvider(aws.credentials())
                .build();
        this.errors = new DynamoErrors(place);
        this.calls = new DynamoCalls(errors, pauses);
        this.at = new TableAccess(client, calls, errors, table);
        this.lines = new DynamoLines(at);
        try {
            this.warning = new DynamoTable(at).prepare(makes);
        } catch (StoreFailure e) {
            close();
            throw e;
        }
    }

    /** Opens the table, making it where it is missing. */
    public static DynamoJournal make(DynamoSettings settings) throws StoreFailure {
        return open(settings, true, Pauses.REAL);
    }

    /**
     * Opens the table that is there. A missing one is a failure: behind a misspelt name or Region an empty journal would
     * know of no stop, no freeze and no notice.
     */
    public static DynamoJournal open(DynamoSettings settings) throws StoreFailure {
        return open(settings, false, Pauses.REAL);
    }

    static DynamoJournal open(DynamoSettings settings, boolean makes, Pauses pauses) throws StoreFailure {
        AwsEnvironment aws = new AwsEnvironment(settings.environment());
        String named = settings.region();
        Optional<String> region = named == null ? aws.regionOrProfiles() : Optional.of(named);
        if (region.isEmpty()) {
            throw new DynamoErrors(place(settings, "no Region"))
                    .failure(
                            StoreFailure.Kind.UNAVAILABLE,
                            "find the table",
                            "no Region is named",
                            "name the table's Region, or set AWS_REGION");
        }
        return new DynamoJournal(settings, aws, region.get(), makes, pauses);
    }

    private static String place(DynamoSettings settings, String region) {
        return "the DynamoDB table " + settings.table() + " (" + region + ")";
    }

    /** What a person should know of a table that was just made. */
    public Optional<String> warning() {
        return Optional.ofNullable(warning);
    }

    @Override
    public Head head(String stream) throws StoreFailure {
        return lines.head(stream);
    }

    @Override
    public void append(String stream, Head expected, @Nullable Register fence, List<Line> added) throws StoreFailure {
        refuseTooLong(added);
        List<TransactWriteItem> items = new ArrayList<>();
        if (fence != null) {
            items.add(Condition.version(fence.version()).check(table, registerKey(fence.name())));
        }
        items.addAll(moves(stream, expected, added));
        TransactWriteItemsRequest request = TransactWriteItemsRequest.builder()
                .transactItems(items)
                // The same for every attempt: DynamoDB carries out one of them and answers all alike.
                .clientRequestToken(UUID.randomUUID().toString())
                .build();
        Result<?> result = calls.conditional("write the lines for " + stream, () -> client.transactWriteItems(request));
        if (result instanceof Result.Unmet<?>(AwsServiceException why, boolean doubt)
                && !(doubt && areIn(stream, added))) {
            throw refused(stream, fence != null, why);
        }
    }

    private void refuseTooLong(List<Line> added) throws StoreFailure {
        for (Line line : added) {
            if (Items.size(line) > Items.LONGEST) {
                throw errors.failure(
                        StoreFailure.Kind.UNAVAILABLE,
                        "write line " + line.sequence() + " for " + line.stream(),
                        "it has " + Items.size(line) + " bytes, and DynamoDB takes " + Items.LONGEST,
                        "say it in fewer words");
            }
        }
    }

    /** The head, moved from its expected place behind the lines, and the lines; without lines it only must be there. */
    private List<TransactWriteItem> moves(String stream, Head expected, List<Line> added) throws StoreFailure {
        Map<String, AttributeValue> head = Items.key(DynamoLines.partition(stream), DynamoLines.HEAD);
        boolean first = expected.equals(Head.EMPTY);
        Condition there = first ? Condition.ABSENT : new Condition.Equal(DynamoLines.attributes(expected));
        if (added.isEmpty()) {
            return List.of(there.check(table, head));
        }
        Line last = added.getLast();
        head.putAll(DynamoLines.attributes(new Head(last.sequence(), last.hash())));
        List<TransactWriteItem> items = new ArrayList<>();
        items.add(there.put(table, head));
        items.add(Condition.ABSENT.put(table, lineItem(stream, expected, added)));
        if (first) {
            items.add(Condition.ABSENT.put(table, Items.key(STREAMS, stream)));
        }
        return items;
    }

    private Map<String, AttributeValue> lineItem(String stream, Head expected, List<Line> added) throws StoreFailure {
        List<List<Line>> groups = Items.grouped(added);
        if (groups.size() == 1) {
            return Items.of(DynamoLines.partition(stream), groups.getFirst());
        }
        // Nothing is risked without this look; it spares a writer that comes too late a long way.
        if (!head(stream).equals(expected)) {
            throw conflict(stream);
        }
        String elsewhere = "lines/" + UUID.randomUUID();
        for (List<Line> group : groups) {
            Map<String, AttributeValue> item = Items.of(elsewhere, group);
            calls.repeatable(
                    "write the lines for " + stream,
                    () -> client.putItem(p -> p.tableName(table).item(item)));
        }
        Map<String, AttributeValue> item = Items.key(
                DynamoLines.partition(stream), Items.lineKey(added.getLast().sequence()));
        item.put(Items.ELSEWHERE, Items.text(elsewhere));
        return item;
    }

    /** Whether the lines are in after all, as an attempt without an answer may have brought about. */
    private boolean areIn(String stream, List<Line> added) throws StoreFailure {
        if (added.isEmpty()) {
            return false;
        }
        Line first = added.getFirst();
        try {
            List<Line> there = read(stream, first.sequence() - 1, 1);
            return !there.isEmpty() && there.getFirst().hash().equals(first.hash());
        } catch (StoreFailure e) {
            throw new StoreFailure(StoreFailure.Kind.IN_DOUBT, e.problem(), e);
        }
    }

    /** The items of a transaction and the reasons against it are in the same order. */
    private StoreFailure refused(String stream, boolean fenced, AwsServiceException why) {
        List<CancellationReason> reasons =
                why instanceof TransactionCanceledException cancelled ? cancelled.cancellationReasons() : List.of();
        if (fenced && unmet(reasons, 0)) {
            return errors.failure(
                    StoreFailure.Kind.FENCED,
                    "write the lines for " + stream,
                    "the lease has passed to another worker",
                    "look again and decide anew");
        }
        if (unmet(reasons, fenced ? 1 : 0)) {
            return conflict(stream);
        }
        return errors.damaged("write the lines for " + stream, "lines are there that its head does not name");
    }

    private static boolean unmet(List<CancellationReason> reasons, int item) {
        return item < reasons.size()
                && "ConditionalCheckFailed".equals(reasons.get(item).code());
    }

    private StoreFailure conflict(String on) {
        return errors.failure(
                StoreFailure.Kind.CONFLICT,
                "write the lines for " + on,
                "it has new lines",
                "look again and decide anew");
    }

    @Override
    public List<Line> read(String stream, long after, int limit) throws StoreFailure {
        return lines.read(stream, after, limit);
    }

    @Override
    public void find(Query query, Consumer<Line> sink) throws StoreFailure {
        String only = query.stream();
        for (String stream : only == null ? streams() : List.of(only)) {
            List<Line> page = read(stream, 0, PAGE);
            while (!page.isEmpty()) {
                page.stream().filter(query::matches).forEach(sink);
                page = read(stream, page.getLast().sequence(), PAGE);
            }
        }
    }

    @Override
    public List<String> streams() throws StoreFailure {
        return lines.sortKeys("list the streams", STREAMS);
    }

    private static Map<String, AttributeValue> registerKey(String name) {
        return Items.key("register/" + name, "value");
    }

    @Override
    public Optional<Register> register(String name) throws StoreFailure {
        Map<String, AttributeValue> item = at.item("read " + name, registerKey(name));
        try {
            return item.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Register(name, Items.integer(item, "version"), Items.string(item, "value")));
        } catch (Items.Unreadable e) {
            throw errors.damaged("read " + name, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Register write(String name, long version, String value) throws StoreFailure {
        // By it this writer knows its own write again, should an attempt have had its effect without an answer.
        AttributeValue token = Items.text(UUID.randomUUID().toString());
        Map<String, AttributeValue> item = registerKey(name);
        item.put("version", Items.number(version + 1));
        item.put("value", Items.text(value));
        item.put("token", token);
        Result<?> result = calls.conditional(
                "write " + name, () -> client.putItem(Condition.version(version).request(table, item)));
        if (result instanceof Result.Unmet<?>(AwsServiceException why, boolean doubt)
                && !(why instanceof ConditionalCheckFailedException unmet
                        && token.equals(unmet.item().get("token")))) {
            throw errors.failure(
                    StoreFailure.Kind.CONFLICT,
                    "write " + name,
                    "somebody else changed it first",
                    "look again and decide anew");
        }
        return new Register(name, version + 1, value);
    }

    @Override
    public String place() {
        return place;
    }

    @Override
    public void close() {
        calls.close();
        client.close();
        http.close();
    }
}
