package io.keyturn.app.seeded;

import io.keyturn.adapters.neighbour.Neighbour;
import software.amazon.awssdk.regions.Region;

/** Breaks two rules on purpose: only wiring names adapters, only the AWS adapter knows its SDK. */
final class NamesAnAdapterAndTheSdk {
    String names() {
        return Neighbour.class.getName() + Region.AWS_GLOBAL;
    }
}
