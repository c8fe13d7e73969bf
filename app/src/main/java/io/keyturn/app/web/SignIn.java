package io.keyturn.app.web;

import com.sun.net.httpserver.Headers;
import java.util.Optional;

/** Access that this server gives by itself, once somebody was sent away to sign in and came back. */
interface SignIn extends Access {
    /** Where it begins. */
    String BEGIN = "/sign-in";

    /** Where it ends. */
    String OUT = "/sign-out";

    /** Where it begins for somebody who then goes on at that page of this server. */
    static String again(String page) {
        return BEGIN + "?to=" + Query.encoded(page);
    }

    /** Answers the addresses that belong to it, which anybody may open; empty for all others. */
    Optional<Reply> answer(String path, Query query, Headers headers) throws Denied;

    /** Ends what was begun. */
    Reply out(Call call);
}
