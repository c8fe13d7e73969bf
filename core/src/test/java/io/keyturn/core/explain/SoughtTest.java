package io.keyturn.core.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.UserName;
import org.junit.jupiter.api.Test;

class SoughtTest {
    private static final KeyId KEY = new KeyId("AKIAEXAMPLE00000K4TD");

    @Test
    void anArnNamesUserAndAccount() {
        Sought sought = Sought.parse(" arn:aws:iam::111122223333:user/team/ann ");

        assertThat(sought.account()).isEqualTo(new AccountId("111122223333"));
        assertThat(sought.user()).isEqualTo(new UserName("ann"));
        assertThat(sought.isKey(KEY)).isFalse();
    }

    @Test
    void aWholeKeyIdIsAKeyAndNoUser() {
        Sought sought = Sought.parse("AKIAEXAMPLE00000K4TD");

        assertThat(sought.user()).isNull();
        assertThat(sought.isKey(KEY)).isTrue();
    }

    @Test
    void fourCharactersMayBeTheEndOfAKeyOrAName() {
        Sought sought = Sought.parse("K4TD");

        assertThat(sought.user()).isEqualTo(new UserName("K4TD"));
        assertThat(sought.isKey(KEY)).isTrue();
        assertThat(Sought.parse("k4td").isKey(KEY)).isFalse();
    }

    @Test
    void whatIsNothingOfTheKindIsRefused() {
        assertThatThrownBy(() -> Sought.parse("  "))
                .hasMessage("say which user or key: its name, ARN, key ID or last four characters");
        assertThatThrownBy(() -> Sought.parse("arn:aws:iam::1:role/x"))
                .hasMessage("\"arn:aws:iam::1:role/x\" is no ARN of an IAM user;"
                        + " write arn:aws:iam::ACCOUNT:user/NAME, or the name alone");
    }
}
