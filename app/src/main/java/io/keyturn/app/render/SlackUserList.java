package io.keyturn.app.render;

import io.keyturn.core.model.Problem;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.SequenceWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvSchema;

/** Members of a Slack workspace as a table, JSON or CSV; a list that is not whole says so in each. */
public final class SlackUserList {
    /** Names the version of the JSON; its schema is {@code slack-users.schema.json}. */
    public static final String SCHEMA = "https://keyturn.io/schema/slack-users/1";

    private static final List<Column> COLUMNS = List.of(
            new Column("id", "ID", SlackUser::id),
            new Column("name", "name", SlackUser::name),
            new Column("realName", "real name", SlackUser::realName),
            new Column("mail", "mail", SlackUser::mail),
            new Column("state", "state", SlackUser::state));

    private final List<SlackUser> users;
    private final @Nullable Problem unread;

    /** A column with its name for machines and for people. */
    private record Column(String key, String head, Function<SlackUser, String> value) {}

    /** @param unread why these are not all; null where they are */
    public SlackUserList(List<SlackUser> users, @Nullable Problem unread) {
        this.users = List.copyOf(users);
        this.unread = unread;
    }

    /** Writes them for people. */
    public void table(PrintWriter out, Screen screen) {
        Function<String, String> safe = screen.unicode() ? Safe::text : Safe::ascii;
        int[] widths = COLUMNS.stream()
                .mapToInt(column -> Stream.concat(
                                Stream.of(column.head()),
                                users.stream().map(column.value()).map(safe))
                        .mapToInt(SlackUserList::length)
                        .max()
                        .orElse(0))
                .toArray();
        row(out, widths, Column::head);
        for (SlackUser user : users) {
            row(out, widths, column -> safe.apply(column.value().apply(user)));
        }
        out.flush();
    }

    private static void row(PrintWriter out, int[] widths, Function<Column, String> cell) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String text = cell.apply(COLUMNS.get(i));
            line.append(text).append(" ".repeat(widths[i] - length(text) + 2));
        }
        out.println(line.toString().stripTrailing());
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Writes them for machines. */
    public void json(PrintWriter out) {
        ObjectNode top = JsonMapper.shared().createObjectNode();
        top.put("schema", SCHEMA);
        ArrayNode array = top.putArray("members");
        for (SlackUser user : users) {
            ObjectNode member = array.addObject();
            COLUMNS.forEach(column -> member.put(column.key(), column.value().apply(user)));
        }
        top.put("complete", unread == null);
        top.put("problem", unread == null ? null : unread.sentence());
        out.println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(top));
        out.flush();
    }

    /** Writes a line for each; a last one tells why there are not more. */
    public void csv(PrintWriter out) {
        CsvMapper mapper = CsvMapper.builder()
                .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
                .build();
        try (SequenceWriter rows = mapper.writer(CsvSchema.emptySchema()).writeValues(out)) {
            rows.write(COLUMNS.stream().map(Column::key).toList());
            for (SlackUser user : users) {
                rows.write(COLUMNS.stream()
                        .map(column -> cell(column.value().apply(user)))
                        .toList());
            }
            if (unread != null) {
                rows.write(List.of("", "", cell(unread.sentence()), "", "unknown"));
            }
        }
        out.flush();
    }

    /** Neither a formula nor a way to move a cursor: people look at such files in terminals too. */
    private static String cell(String text) {
        return CsvTable.harmless(Safe.text(text));
    }
}
