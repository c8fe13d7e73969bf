package io.keyturn.engine.port;

import io.keyturn.core.assess.Owner;
import io.keyturn.core.plan.Settled;
import io.keyturn.engine.message.Message;
import io.keyturn.engine.message.Notice;
import java.util.List;

/** Puts what is to be told into words. */
public interface Wording {
    /**
     * One message to one owner.
     *
     * @param id names the message
     * @param notices what is told, of a key each; at least one
     */
    Message message(String id, Owner owner, List<Notice> notices);

    /** The same for those who hear of everything: without what is for the owner alone. */
    default Message announcement(String id, Owner owner, List<Notice> notices) {
        return message(id, owner, notices);
    }

    /**
     * What a ticket is closed with.
     *
     * @param key the key that it was about, as people name it
     */
    default String closing(String key, Settled settled) {
        return key + ": " + settled.words();
    }
}
