package io.keyturn.app.wiring;

import io.keyturn.app.config.Fingerprint;
import io.keyturn.app.config.Settings;
import io.keyturn.engine.catalog.SeenGround;

/** What a run stands on, for whoever asks later. */
final class Grounds {
    private Grounds() {}

    static SeenGround of(Settings settings) {
        return new SeenGround(
                Fingerprint.ofAll(settings),
                Fingerprint.of(settings),
                settings.rules().exemptions().stream()
                        .map(exemption -> new SeenGround.Exempted(
                                exemption.user().value(), exemption.owner(), exemption.reason(), exemption.until()))
                        .toList());
    }
}
