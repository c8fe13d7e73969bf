package io.keyturn.core.policy;

/**
 * What a condition saw of one attribute.
 *
 * @param attribute as written in conditions, such as {@code user.class}
 * @param text the value for people, or why there is none
 * @param known whether it is a value
 */
public record SeenValue(String attribute, String text, boolean known) {}
