package io.keyturn.app.metrics;

import io.keyturn.app.render.Safe;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One log line of CloudWatch's embedded metric format. Source: CloudWatch User Guide, "Embedded metric format
 * specification": at most 100 metrics, dimensions of ASCII letters up to 1,024 characters and never empty.
 */
final class EmfLine {
    private static final String NAMESPACE = "Keyturn";
    private static final int LONGEST = 1_024;

    private final ObjectNode line = JsonMapper.shared().createObjectNode();
    private final ArrayNode metrics;

    EmfLine(Instant at, Map<String, String> dimensions) {
        ObjectNode aws = line.putObject("_aws").put("Timestamp", at.toEpochMilli());
        ObjectNode directive = aws.putArray("CloudWatchMetrics").addObject().put("Namespace", NAMESPACE);
        ArrayNode names = directive.putArray("Dimensions").addArray();
        metrics = directive.putArray("Metrics");
        dimensions.forEach((name, value) -> {
            names.add(name);
            line.put(name, dimension(value));
        });
    }

    private static String dimension(String value) {
        String ascii = Safe.ascii(value);
        return ascii.isBlank() ? "(empty)" : ascii.substring(0, Math.min(LONGEST, ascii.length()));
    }

    /** Adds a number of things. */
    EmfLine count(String name, long value) {
        return metric(name, "Count", value);
    }

    /** Adds a metric; none where it is not known. */
    EmfLine metric(String name, String unit, @Nullable Number value) {
        if (value != null) {
            metrics.addObject().put("Name", name).put("Unit", unit);
            line.put(name, value.doubleValue());
        }
        return this;
    }

    /** Adds what logs can be searched by and no metric is made of. */
    EmfLine property(String name, String value) {
        line.put(name, value);
        return this;
    }

    /** The line with its end. */
    String text() {
        return line + "\n";
    }
}
