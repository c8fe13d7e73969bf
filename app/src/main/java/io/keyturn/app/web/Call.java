package io.keyturn.app.web;

import java.util.List;

/**
 * A request that may be answered.
 *
 * @param parts what stands in the address where the route leaves it open
 * @param query what stands behind the question mark
 * @param form what was sent; of a JSON body its members
 * @param token what a form of this person must bring back
 * @param leaves whether the person can sign out
 */
record Call(String path, List<String> parts, Query query, Query form, Person person, String token, boolean leaves) {
    Call {
        parts = List.copyOf(parts);
    }

    /** What stands in the only open part of the address. */
    String part() {
        return parts.getFirst();
    }
}
