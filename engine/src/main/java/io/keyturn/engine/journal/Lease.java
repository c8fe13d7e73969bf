package io.keyturn.engine.journal;

import io.keyturn.engine.port.JournalStore.Register;
import java.time.Instant;

/**
 * The right to change one account, held by one worker for a while.
 *
 * @param register the register that says so; its version is the fence that a later holder raises
 * @param until when it ends, by the clock of its holder
 */
public record Lease(String name, Register register, Instant until) {}
