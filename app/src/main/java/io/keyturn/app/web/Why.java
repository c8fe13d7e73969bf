package io.keyturn.app.web;

/** The reason that somebody gives, for whoever reads the journal later. */
final class Why {
    private static final int LONGEST = 1_000;

    private Why() {}

    static String of(Call call) throws Denied {
        String why = call.form().first("why").strip();
        if (why.isEmpty()) {
            throw Denied.bad("No reason is given, so nothing was done. Go back and say why, for whoever reads the"
                    + " journal later.");
        }
        int length = why.codePointCount(0, why.length());
        if (length > LONGEST) {
            throw Denied.bad(
                    "The reason has " + length + " characters, and " + LONGEST + " are the most. Nothing was done.");
        }
        return why;
    }
}
