package io.keyturn.core.policy;

/** An ARN in which {@code *} stands for any text, also none, and {@code ?} for one character. */
public record ArnPattern(String value) {
    /** Whether the whole of {@code arn} fits; linear in both lengths, so that a hostile pattern costs nothing. */
    public boolean matches(String arn) {
        int p = 0;
        int a = 0;
        int star = -1;
        int from = 0;
        while (a < arn.length()) {
            if (p < value.length() && value.charAt(p) == '*') {
                star = p++;
                from = a;
            } else if (p < value.length() && (value.charAt(p) == '?' || value.charAt(p) == arn.charAt(a))) {
                p++;
                a++;
            } else if (star >= 0) {
                p = star + 1;
                a = ++from;
            } else {
                return false;
            }
        }
        while (p < value.length() && value.charAt(p) == '*') {
            p++;
        }
        return p == value.length();
    }
}
