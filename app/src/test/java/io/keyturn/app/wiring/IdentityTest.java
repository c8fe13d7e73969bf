package io.keyturn.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            arn:aws:iam::111122223333:user/ops/alice | arn:aws:iam::111122223333:user/ops/alice
            arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_1a2b/alice@example.com | arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_1a2b/alice@example.com
            arn:aws:sts::111122223333:assumed-role/Admin/alice | arn:aws:sts::111122223333:assumed-role/Admin
            arn:aws-cn:sts::111122223333:assumed-role/Admin/bob | arn:aws-cn:sts::111122223333:assumed-role/Admin
            arn:aws:iam::111122223333:root | arn:aws:iam::111122223333:root
            """)
    void whoMayNameTheirOwnSessionCountAsTheirRole(String arn, String person) {
        assertThat(Identity.ofCaller(arn).name()).isEqualTo(person);
    }
}
