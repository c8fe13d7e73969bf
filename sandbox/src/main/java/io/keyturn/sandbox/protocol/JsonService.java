package io.keyturn.sandbox.protocol;

import io.keyturn.sandbox.world.ServiceError;

/** A service that is asked, and answers, in JSON. Source: the protocol "AWS JSON 1.1" of Smithy. */
public interface JsonService extends Service {
    @Override
    default boolean json() {
        return true;
    }

    @Override
    default String namespace() {
        return "";
    }

    /** What an action that it does not know is answered with. */
    static ServiceError unknown(Call call) {
        return new ServiceError(400, "UnknownOperationException", call.action() + " is not simulated");
    }
}
