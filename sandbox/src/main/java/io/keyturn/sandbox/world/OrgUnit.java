package io.keyturn.sandbox.world;

/**
 * A place in the organization's tree.
 *
 * @param id {@code r-…} for the root, {@code ou-…} below it
 * @param parent id of the parent; empty for the root
 */
public record OrgUnit(String id, String name, String parent) {
    public boolean isRoot() {
        return parent.isEmpty();
    }
}
