package io.keyturn.app.web;

/**
 * Who asks.
 *
 * @param name as the journal will know them
 * @param vouchedElsewhere whether they signed in somewhere that vouches for the name; else they are whoever is at this machine
 */
public record Person(String name, Role role, boolean vouchedElsewhere) {
    public Person {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a person has a name");
        }
    }
}
