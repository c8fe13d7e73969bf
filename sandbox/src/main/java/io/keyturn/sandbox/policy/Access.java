package io.keyturn.sandbox.policy;

import java.util.Map;

/**
 * What somebody asks to do.
 *
 * @param action such as {@code iam:ListAccessKeys}
 * @param resource the ARN it is about; {@code *} where the action is about none
 * @param context keys of conditions and variables, such as {@code aws:username}, with their values
 */
public record Access(String action, String resource, Map<String, String> context) {}
