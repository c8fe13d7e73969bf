package io.keyturn.core.model;

/** What a run may need to know of users and accounts; each costs calls when an account is read live. */
public enum FactName {
    /** A user's keys with status and creation. */
    KEYS,
    /** When each key was last used, and for what. */
    LAST_USE,
    /** The user's tags. */
    TAGS,
    /** The groups the user is in. */
    GROUPS,
    /** Managed and inline policies of the user; also shows AWS's quarantine of leaked keys. */
    POLICIES,
    /** The permissions boundary. */
    BOUNDARY,
    /** Whether the user has a console password. */
    CONSOLE,
    /** Whether the user has an MFA device. */
    MFA,
    /** Tags of the account in its organization. */
    ACCOUNT_TAGS,
    /** Path of the account's organizational unit. */
    ACCOUNT_OU,
    /** Whether the root user has access keys. */
    ROOT,
    /** What CloudTrail tells of who made users and keys. */
    TRAIL,
    /** The account's alternate contacts. */
    CONTACTS
}
