package io.keyturn.app.render.html;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShortIdsTest {
    @Test
    void aWholeKeyIdIsCutToItsEndAndEverythingElseStays() {
        assertThat(ShortIds.of("its successor AKIARTX3GSDUG2U5QYAW was delivered to team/AKIA-notes"))
                .isEqualTo("its successor QYAW was delivered to team/AKIA-notes");
        assertThat(ShortIds.of("AWS attached AWSCompromisedKeyQuarantineV3; TAKIARTX3GSDUG2U5QYAW"))
                .isEqualTo("AWS attached AWSCompromisedKeyQuarantineV3; TAKIARTX3GSDUG2U5QYAW");
    }
}
