package io.keyturn.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RoomTest {
    @Test
    void small_accounts_are_open_together_once_they_are_known_to_be_small() throws Exception {
        Room room = new Room(4_000);
        assertThat(openAtOnce(room)).isEqualTo(4);
        for (int i = 0; i < 20; i++) {
            try (Room.Place place = room.enter()) {
                place.users(50);
            }
        }
        assertThat(openAtOnce(room)).isEqualTo(Room.OPEN_ACCOUNTS);
    }

    @Test
    void after_a_large_account_fewer_are_opened() throws Exception {
        Room room = new Room(10_000);
        try (Room.Place large = room.enter()) {
            large.users(5_000);
        }
        assertThat(openAtOnce(room)).isEqualTo(2);
    }

    @Test
    void an_account_larger_than_all_room_is_read_alone() throws Exception {
        Room room = new Room(100);
        try (Room.Place alone = room.enter()) {
            alone.users(5_000);
        }
    }

    @Test
    void where_there_is_no_room_all_but_the_eldest_wait_between_pages() throws Exception {
        Room room = new Room(2_000);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Room.Place younger = grownAfter(room, threads)) {
            younger.users(1_500);
        }
    }

    /** A younger account's place, whose growth waited until the elder had grown and was closed. */
    private static Room.Place grownAfter(Room room, ExecutorService threads) throws Exception {
        Room.Place elder = room.enter();
        Room.Place younger = room.enter();
        Callable<Boolean> grow = () -> {
            younger.users(1_500);
            return true;
        };
        Future<Boolean> grown = threads.submit(grow);
        while (room.waiting() == 0) {
            Thread.onSpinWait();
        }
        elder.users(5_000);
        assertThat(grown.isDone()).isFalse();
        elder.close();
        assertThat(grown.get()).isTrue();
        return younger;
    }

    /** How many accounts get in before one would have to wait. */
    private static int openAtOnce(Room room) throws InterruptedException {
        List<Room.Place> places = new ArrayList<>();
        while (room.free()) {
            places.add(room.enter());
        }
        int count = places.size();
        places.forEach(Room.Place::close);
        return count;
    }
}
