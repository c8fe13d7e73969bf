package io.keyturn.core.model;

import java.util.Map;

/**
 * An AWS account.
 *
 * @param name what people call it: its name in the organization, else its alias, else its number
 * @param ou path of its organizational unit such as {@code Workloads/Dev}, without the root; empty directly under the root
 * @param tags its tags in the organization
 * @param dr whether it is kept for disaster recovery: exempt from idleness, not from age
 */
public record Account(
        AccountId id, String name, Partition partition, Fact<String> ou, Fact<Map<String, String>> tags, boolean dr) {}
