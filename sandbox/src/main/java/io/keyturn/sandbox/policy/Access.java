package io.keyturn.sandbox.policy;

import java.util.Map;
import java.util.function.Supplier;

/** What somebody asks to do. */
public final class Access {
    /** The key under which the context has the caller's own ARN, which for a session is that of the session. */
    public static final String CALLER = "caller";

    /** The key under which the context has the account of a resource whose ARN does not name it. */
    public static final String OWNER = "aws:ResourceAccount";

    private final String action;
    private final String caseless;
    private final String resource;
    private final Supplier<Map<String, String>> context;

    /**
     * An access.
     *
     * @param action such as {@code iam:ListAccessKeys}
     * @param resource the ARN it is about; {@code *} where the action is about none
     * @param context keys of conditions and variables, such as {@code aws:username}, with their values; made only where a
     *     policy asks for them
     */
    public Access(String action, String resource, Supplier<Map<String, String>> context) {
        this.action = action;
        this.caseless = Wildcard.caseless(action);
        this.resource = resource;
        this.context = context;
    }

    public String action() {
        return action;
    }

    String caselessAction() {
        return caseless;
    }

    public String resource() {
        return resource;
    }

    Map<String, String> context() {
        return context.get();
    }

    /** Whether the resource belongs to an account that is not the caller's. */
    boolean acrossAccounts() {
        String[] parts = resource.split(":", 6);
        String owner = parts.length == 6 ? context().getOrDefault(OWNER, parts[4]) : "";
        return !owner.isEmpty() && !owner.equals(context().get("aws:PrincipalAccount"));
    }

    /**
     * Whether a {@code Principal} of a resource's policy is the caller.
     *
     * @param accountsToo whether naming the caller's account is enough
     */
    boolean isBy(String principal, boolean accountsToo) {
        String account = String.valueOf(context().get("aws:PrincipalAccount"));
        return principal.equals("*")
                || principal.equals(context().get("aws:PrincipalArn"))
                || principal.equals(context().get(CALLER))
                || (accountsToo && (principal.equals(account) || principal.endsWith("::" + account + ":root")));
    }
}
