package io.keyturn.core.model;

import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.ago;
import static io.keyturn.core.Samples.key;
import static io.keyturn.core.Samples.keyId;
import static io.keyturn.core.Samples.known;
import static io.keyturn.core.Samples.snapshot;
import static io.keyturn.core.Samples.used;
import static io.keyturn.core.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.Samples;
import io.keyturn.core.assess.CredentialOrder;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "11112222333", "1111222233334", "11112222333a", "11112222333/", "١١١١٢٢٢٢٣٣٣٣"})
    void anAccountIdIsTwelveDigits(String text) {
        assertThatThrownBy(() -> new AccountId(text))
                .hasMessage("an AWS account ID is twelve digits, not \"" + text + "\"");
    }

    @Test
    void account_ids_hold_every_digit_and_come_in_their_order() {
        assertThat(Stream.of("999999999999", "000000000000", "123456789012")
                        .map(AccountId::new)
                        .sorted())
                .extracting(AccountId::value)
                .containsExactly("000000000000", "123456789012", "999999999999");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AKIA09AZaz_00000", "0000000000000000"})
    void a_key_id_is_of_any_word_characters(String text) {
        assertThat(new KeyId(text).value()).isEqualTo(text);
        assertThat(new KeyId("A".repeat(128)).value()).hasSize(128);
        assertThat(new KeyId(text).last(6)).isEqualTo(text.substring(10)).endsWith(new KeyId(text).lastFour());
        assertThatThrownBy(() -> new KeyId(text.substring(1))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AKIA",
                "AKIA00000000000-",
                "AKIA0000000000 0",
                "AKIA00000000000{",
                "AKIA00000000000[",
                "AKIA00000000000@"
            })
    void aKeyIdIsSixteenWordCharactersAndMore(String text) {
        assertThatThrownBy(() -> new KeyId(text)).hasMessageContaining("an access key ID is 16 to 128 letters");
        assertThatThrownBy(() -> new KeyId("A".repeat(129))).isInstanceOf(IllegalArgumentException.class);
        assertThat(new KeyId("AKIA_0123456789az").lastFour()).isEqualTo("89az");
    }

    @Test
    void namesAreNotEmpty() {
        assertThatThrownBy(() -> new UserName("")).hasMessage("a user name is not empty");
        assertThatThrownBy(() -> new UserId(" ")).hasMessage("a user ID is not blank");
        assertThat(List.of(new UserName("a"), new UserId("b"), keyId(1), new AccountId("111122223333")))
                .extracting(Object::toString)
                .containsExactly("a", "b", "AKIA0000000000000001", "111122223333");
    }

    @Test
    void aPartitionComesFromAnArn() {
        assertThat(Partition.ofArn("arn:aws-us-gov:iam::1:user/x")).hasToString("aws-us-gov");
        assertThatThrownBy(() -> Partition.ofArn("aws:iam")).hasMessage("not an ARN: \"aws:iam\"");
        assertThatThrownBy(() -> Partition.ofArn("arm:aws:iam")).hasMessage("not an ARN: \"arm:aws:iam\"");
        assertThatThrownBy(() -> new Partition("gcp")).hasMessage("a partition begins with \"aws\", not \"gcp\"");
    }

    @Test
    void aReportHasTwoSlots() {
        for (int slot : new int[] {0, 3}) {
            assertThatThrownBy(() -> new AccessKey(slot, null, true, NOW, LastUse.NEVER_USED, NOW))
                    .hasMessage("a credential report has the slots 1 and 2, not " + slot);
        }
        AccessKey unnamed = new AccessKey(2, null, true, NOW, LastUse.NEVER_USED, NOW);
        assertThat(unnamed.withId(keyId(1)).id()).isEqualTo(keyId(1));
    }

    @Test
    void aFactSeenThroughAFunctionStaysAsKnownAsItWas() {
        assertThat(known(2).map(n -> n + 1)).isEqualTo(known(3));
        assertThat(Fact.<Integer>notRead().map(n -> n + 1)).isEqualTo(Fact.notRead());
        assertThat(Fact.<Integer>unknown("denied").map(n -> n + 1)).isEqualTo(Fact.unknown("denied"));
        assertThat(known(2).orElse(5)).isEqualTo(2);
        assertThat(Fact.<Integer>notRead().orElse(5)).isEqualTo(5);
    }

    @Test
    void needsAlwaysHoldTheKeysAndAddUp() {
        Needs tags = new Needs(Set.of(FactName.TAGS), Needs.Identify.ALL);
        assertThat(tags.has(FactName.KEYS)).isTrue();
        assertThat(tags.has(FactName.MFA)).isFalse();
        assertThat(tags.and(EnumSet.of(FactName.MFA)))
                .isEqualTo(new Needs(Set.of(FactName.MFA, FactName.TAGS), Needs.Identify.ALL));
    }

    @Test
    void aSnapshotCountsTheKeysThatWereRead() {
        User two = user("ann", key(1, 1, used(1)), key(2, 2, used(1)));
        User unread = user("bob").withKeys(Fact.unknown("denied"));
        AccessKey root = new AccessKey(1, null, true, ago(9), used(1), NOW);
        assertThat(snapshot(known(RootKeys.NONE), List.of(two, unread)).keyCount())
                .isEqualTo(2);
        assertThat(snapshot(known(new RootKeys(true, List.of())), List.of()).keyCount())
                .isEqualTo(1);
        assertThat(snapshot(known(new RootKeys(true, List.of(root, root))), List.of(two))
                        .keyCount())
                .isEqualTo(4);
        assertThat(snapshot(Fact.unknown("denied"), List.of()).keyCount()).isZero();
    }

    @Test
    void aProblemIsOneSentenceAndItsAdvice() {
        assertThat(new Problem("list the users", "account 1", "denied", "").sentence())
                .isEqualTo("could not list the users of account 1: denied");
        assertThat(new Problem("list the users", "account 1", "denied", "ask").sentence())
                .isEqualTo("could not list the users of account 1: denied; ask");
    }

    @Test
    void theNearestSpellingIsFoundAndAFarOneIsNot() {
        assertThat(Spelling.nearest("prodution", List.of("sandbox", "Production")))
                .isEqualTo("Production");
        assertThat(Spelling.nearest("zzz", List.of("production"))).isNull();
        assertThat(Spelling.nearest("", List.of())).isNull();
    }

    @Test
    void of_two_spellings_the_nearer_is_found_and_of_equal_ones_the_first() {
        assertThat(Spelling.nearest("cat", List.of("car", "cat"))).isEqualTo("cat");
        assertThat(Spelling.nearest("cat", List.of("car", "can"))).isEqualTo("car");
        assertThat(Spelling.nearest("stage", List.of("stages", "age"))).isEqualTo("stages");
        assertThat(Spelling.nearest("ab", List.of("abcd"))).isEqualTo("abcd");
        assertThat(Spelling.nearest("ab", List.of("abcde"))).isNull();
    }

    @Test
    void a_target_is_the_same_user_whichever_key_is_in_view() {
        Target user = new Target(new AccountId("111122223333"), new UserId("AIDA1"), new UserName("ann"), null);
        assertThat(user.of(keyId(1))).isEqualTo(new Target(user.account(), user.user(), user.name(), keyId(1)));
    }

    @Test
    void standingsAreOrderedAndNamed() {
        assertThat(Standing.UNKNOWN.needsAttention()).isTrue();
        assertThat(Standing.INACTIVE.needsAttention()).isFalse();
        assertThat(Standing.EXPIRED.label()).isEqualTo("expired");
        assertThat(Principal.ROOT.display()).isEqualTo("root user");
        assertThat(Reading.COMPLETE.complete()).isTrue();
        assertThat(new Reading.Partial("denied").complete()).isFalse();
    }

    @Test
    void credentialsOfTheRootUserComeFirstAndUsersOfOneNameAreToldApart() {
        Principal root = Principal.ROOT;
        Principal ann = new Principal.OfUser(new UserName("ann"), new UserId("AIDA2"), "arn:x");
        Principal other = new Principal.OfUser(new UserName("ann"), new UserId("AIDA1"), "arn:x");
        Principal bob = new Principal.OfUser(new UserName("bob"), new UserId("AIDA0"), "arn:x");
        List<CredentialId> all = new ArrayList<>(Stream.of(bob, root, ann, other, root)
                .map(who -> new CredentialId(
                        CredentialId.Kind.ACCESS_KEY, new AccountId("111122223333"), who, null, null, null))
                .toList());
        all.sort(CredentialOrder.CREDENTIALS);

        assertThat(all).extracting(CredentialId::principal).containsExactly(root, root, other, ann, bob);
    }

    @Test
    void notesAreAddedToASnapshotAndNoneChangeIt() {
        Snapshot snapshot = Samples.snapshot();
        assertThat(snapshot.noting(List.of())).isSameAs(snapshot);
        assertThat(snapshot.noting(List.of("read live"))
                        .noting(List.of("denied"))
                        .notes())
                .containsExactly("read live", "denied");
    }
}
