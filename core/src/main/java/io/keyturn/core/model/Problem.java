package io.keyturn.core.model;

/**
 * Why something could not be done, told so that a person can act.
 *
 * @param tried what was tried, a verb phrase such as {@code list the users}
 * @param on on what, such as {@code account 111122223333 (production)}
 * @param why the cause, as precisely as it is known
 * @param advice what to do about it; empty where there is nothing to say
 */
public record Problem(String tried, String on, String why, String advice) {
    /** One sentence, or two with the advice. */
    public String sentence() {
        String first = "could not " + tried + " of " + on + ": " + why;
        return advice.isEmpty() ? first : first + "; " + advice;
    }
}
