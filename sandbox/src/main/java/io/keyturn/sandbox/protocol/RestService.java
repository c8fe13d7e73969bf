package io.keyturn.sandbox.protocol;

import java.util.Map;

/** A service that is asked by HTTP's method, path, query and headers. Source: the protocol "REST-XML" of Smithy. */
public interface RestService {
    /** The parameter that holds HTTP's method; others are those of the query, and headers by names in lower case. */
    String METHOD = ":method";

    /** The parameter that holds the path, decoded. */
    String PATH = ":path";

    /** What is asked for, as the service's API reference names it. */
    String action(Map<String, String> parameters);

    RestAnswer answer(Call call);
}
