package io.keyturn.proof.simulation;

import io.keyturn.engine.apply.StopFlag;
import io.keyturn.engine.journal.Leases;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.sandbox.world.AccessKeys;
import io.keyturn.sandbox.world.SimUser;
import java.time.Duration;
import java.util.List;

/** What somebody else does right before a call. */
enum Deed {
    /** Another worker makes a whole run. */
    OVERTAKE {
        @Override
        void act(Life life) {
            life.overlap();
        }
    },
    /** This worker sleeps longer than any lease, and when it wakes up the account is another's, or nobody's. */
    OVERSLEEP {
        @Override
        void act(Life life) {
            life.clock.move(Leases.TERM.multipliedBy(2));
            life.overlap();
            life.clock.move(Duration.ofSeconds(1));
        }
    },
    /** A person stops everything. */
    STOP {
        @Override
        void act(Life life) {
            try {
                new StopFlag(life.store.inner).raise("carol: drill");
            } catch (StoreFailure e) {
                throw new AssertionError(e);
            }
        }
    },
    /** A person gives the user the tag that spares its keys. */
    SPARE {
        @Override
        void act(Life life) {
            life.tag(Spared.TAG, "carol");
        }
    },
    /** A person deletes the user and makes one of the same name, with a key of its own. */
    REMAKE {
        @Override
        void act(Life life) {
            SimUser old = life.account().user(Life.ANN);
            if (old == null) {
                return;
            }
            life.account().remove(Life.ANN, life.clock.instant());
            life.account()
                    .add(
                            new SimUser(
                                    old.name(),
                                    old.id() + "AGAIN",
                                    old.path(),
                                    life.clock.instant(),
                                    old.password(),
                                    old.mfa(),
                                    old.tags(),
                                    old.groups(),
                                    old.attached(),
                                    old.inline(),
                                    old.boundary(),
                                    List.of()),
                            life.clock.instant());
            life.work(new AccessKeys(life.world).create(life.account(), Life.ANN, life.clock.instant()));
        }
    };

    abstract void act(Life life);
}
