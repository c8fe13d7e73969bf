package io.keyturn.engine.run;

import io.keyturn.engine.port.Held;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The memory that open accounts share, counted in users. How large an account is shows only while it is read, so the next
 * is taken to be as large as those before; where that was too little, all but the eldest wait between their pages.
 */
final class Room {
    /** Accounts whose Snapshot is in memory at the same time; measured to keep an organization within 256 MiB. */
    static final int OPEN_ACCOUNTS = 32;

    /** Bytes of heap for a user with tags and two keys: report, details, Snapshot, findings and their rendering. */
    private static final long BYTES_A_USER = 8 * 1024;

    /** Users on a full page, which is what an account is taken to hold before any was read. */
    private static final int PAGE = 1000;

    private final long capacity;
    private final Deque<Place> open = new ArrayDeque<>();
    private long held;
    private long expected = PAGE;
    private int waiting;

    /** @param capacity users that may be held at the same time; one account may always be held, whatever its size */
    Room(long capacity) {
        this.capacity = capacity;
    }

    /** Room as far as the heap of this process reaches. */
    static Room ofHeap() {
        return new Room(Runtime.getRuntime().maxMemory() / BYTES_A_USER);
    }

    /** Opens an account, once there is room for one more. */
    synchronized Place enter() throws InterruptedException {
        while (!free()) {
            pause();
        }
        Place place = new Place(expected);
        open.addLast(place);
        held += place.counted;
        return place;
    }

    /** Whether one more account may be opened. */
    synchronized boolean free() {
        return open.isEmpty() || (open.size() < OPEN_ACCOUNTS && held + expected <= capacity);
    }

    /** How many wait, to open an account or to go on with one. */
    synchronized int waiting() {
        return waiting;
    }

    private synchronized void pause() throws InterruptedException {
        waiting++;
        try {
            wait();
        } finally {
            waiting--;
        }
    }

    /** The place of one open account. */
    final class Place implements Held, AutoCloseable {
        private long counted;
        private long seen;

        private Place(long counted) {
            this.counted = counted;
        }

        @Override
        public void users(int users) throws InterruptedException {
            synchronized (Room.this) {
                seen = Math.max(seen, users);
                if (users <= counted) {
                    return;
                }
                held += users - counted;
                counted = users;
                while (held > capacity && open.peekFirst() != this) {
                    pause();
                }
            }
        }

        @Override
        public void close() {
            synchronized (Room.this) {
                open.remove(this);
                held -= counted;
                // A large account is remembered for a while: large ones seldom come alone.
                expected = Math.max(seen, expected - expected / 8);
                Room.this.notifyAll();
            }
        }
    }
}
