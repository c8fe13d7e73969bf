package io.keyturn.core.trail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrailQueryTest {
    @Test
    void events_are_looked_up_by_the_attributes_that_cloudtrail_knows() {
        assertThat(TrailQuery.named("CreateUser")).isEqualTo(new TrailQuery("EventName", "CreateUser"));
        assertThat(TrailQuery.signedWith("AKIA0000000000000001"))
                .isEqualTo(new TrailQuery("AccessKeyId", "AKIA0000000000000001"));
    }
}
