package io.keyturn.core.policy;

import java.time.LocalDate;

/**
 * Keys that no step touches, for a reason and until a day.
 *
 * @param user pattern of user ARNs, where {@code *} stands for any text
 * @param owner who answers for it
 * @param until the last day it holds, UTC
 */
public record Exemption(ArnPattern user, String owner, String reason, LocalDate until) {}
