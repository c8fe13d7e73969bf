package io.keyturn.core.assess;

import io.keyturn.core.model.Fact;
import io.keyturn.core.policy.OwnerRule.Contact;
import java.util.Map;

/**
 * What is known of a user's owner beside the user itself; what is not known answers nothing, and the chain goes on.
 *
 * @param maker who made it
 * @param accountTags tags of its account in the organization
 * @param contacts mail addresses of the account's alternate contacts; an empty one where there is none
 */
public record Clue(Fact<Maker> maker, Fact<Map<String, String>> accountTags, Map<Contact.Kind, Fact<String>> contacts) {
    /** Nobody asked. */
    public static final Clue NOT_READ = new Clue(Fact.notRead(), Fact.notRead(), Map.of());

    public Clue {
        contacts = Map.copyOf(contacts);
    }

    Fact<String> contact(Contact.Kind kind) {
        return contacts.getOrDefault(kind, Fact.notRead());
    }
}
