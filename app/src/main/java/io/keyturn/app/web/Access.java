package io.keyturn.app.web;

import com.sun.net.httpserver.Headers;

/** Tells who asks. */
public interface Access {
    /**
     * The person behind a request.
     *
     * @throws Denied where nobody vouches for one
     */
    Person person(Headers headers) throws Denied;
}
