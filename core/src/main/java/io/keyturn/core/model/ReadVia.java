package io.keyturn.core.model;

/** How an account was read. */
public enum ReadVia {
    /** Credential report and authorization details. */
    REPORT,
    /** Call by call for each user. */
    LIVE
}
