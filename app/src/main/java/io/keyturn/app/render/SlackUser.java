package io.keyturn.app.render;

/**
 * A member of a Slack workspace, as they are listed. Names are what the member wrote.
 *
 * @param mail empty where it is not told
 * @param state {@code active}, {@code deactivated}, {@code invited} or {@code bot}
 */
public record SlackUser(String id, String name, String realName, String mail, String state) {}
