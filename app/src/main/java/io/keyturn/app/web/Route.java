package io.keyturn.app.web;

import io.keyturn.engine.decide.Refused;
import io.keyturn.engine.port.StoreFailure;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * An address with what answers it.
 *
 * @param path with {@code *} for each part that is open, such as {@code /keys/*}
 * @param needed who may ask
 * @param members what the JSON may hold that is sent
 */
public record Route(String method, String path, Role needed, Answering answering, Set<String> members) {
    public Route {
        members = Set.copyOf(members);
    }

    /** Answers a request. */
    interface Answering {
        Reply answer(Call call) throws StoreFailure, Denied, Refused, InterruptedException;
    }

    static Route get(String path, Answering answering) {
        return new Route("GET", path, Role.VIEWER, answering, Set.of());
    }

    static Route get(String path, Role needed, Answering answering) {
        return new Route("GET", path, needed, answering, Set.of());
    }

    static Route post(String path, Role needed, Answering answering) {
        return new Route("POST", path, needed, answering, Set.of());
    }

    /** The same, which takes such members of JSON. */
    Route taking(String... names) {
        return new Route(method, path, needed, answering, Set.of(names));
    }

    /** The open parts of an address that fits. */
    Optional<List<String>> match(String asked) {
        Matcher matcher = Pattern.compile(("\\Q" + path + "\\E").replace("*", "\\E([^/]+)\\Q"))
                .matcher(asked);
        return matcher.matches()
                ? Optional.of(IntStream.rangeClosed(1, matcher.groupCount())
                        .mapToObj(matcher::group)
                        .toList())
                : Optional.empty();
    }

    /** Whether it answers programs, in JSON. */
    boolean isApi() {
        return path.startsWith("/api/");
    }
}
