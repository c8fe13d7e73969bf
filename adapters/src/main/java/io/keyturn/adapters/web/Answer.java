package io.keyturn.adapters.web;

import io.keyturn.core.model.Problem;
import java.net.http.HttpHeaders;
import java.util.Optional;

/** What came of a request. No case shows an address, a header or a body when it is printed. */
public sealed interface Answer {
    /**
     * The service answered, with whatever status; redirects are not followed.
     *
     * @param body as UTF-8; what is longer than {@link WebCalls#MOST_BYTES} is cut off there
     */
    record Answered(int status, HttpHeaders headers, String body) implements Answer {
        /** Whether the status says that it was done. */
        public boolean succeeded() {
            return status >= 200 && status < 300;
        }

        /** A header by its name, in whatever case it was sent. */
        public Optional<String> header(String name) {
            return headers.firstValue(name);
        }

        @Override
        public String toString() {
            return "Answered(" + status + ")";
        }
    }

    /**
     * The request surely never arrived whole: repeating it is safe.
     *
     * @param why the cause, a clause without secrets
     * @param advice what to do about it; empty where there is nothing to say
     */
    record NotSent(String why, String advice) implements Answer {
        /** For people. */
        public Problem problem(String tried, String on) {
            return new Problem(tried, on, why, advice);
        }
    }

    /**
     * The request may have arrived and been acted upon: repeating it may do it twice.
     *
     * @param why the cause, a clause without secrets
     */
    record Lost(String why) implements Answer {
        /** For people. */
        public Problem problem(String tried, String on) {
            return new Problem(tried, on, why, "whether it arrived is not known");
        }
    }
}
