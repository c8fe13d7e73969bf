package io.keyturn.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is allowed and probably not meant is said, with its place, and the file still loads. */
class AdviceTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            policies: [{name: a}] | keyturn.yaml:1:12: policies[0]: has neither age nor idle, so its keys are never due; give it a limit, such as age: {expire: 90d}
            policies: [{name: a, age: {expire: 9d}}, {name: b, age: {expire: 9d}}] | keyturn.yaml:1:42: policies[1]: can never match, for "a" before it matches every key; put it first, or leave it out
            policies: [{name: a, when: true, age: {expire: 9d}}, {name: b, age: {expire: 9d}}] | keyturn.yaml:1:54: policies[1]: can never match, for "a" before it matches every key; put it first, or leave it out
            policies: [{name: a, when: user.mfa, age: {expire: 9d}}, {name: b, when: user.mfa, age: {expire: 9d}}] | keyturn.yaml:1:58: policies[1]: can never match, for "a" before it has the same condition; put it first, or leave it out
            policies: [{name: a, age: {expire: 9d}, rotate: {self-fetch: true}}] | keyturn.yaml:1:12: policies[0].rotate: is never used; add rotate to on-expire of age, or leave it out
            first-notice: 0d | keyturn.yaml:1:15: first-notice: leaves owners no time: a key long overdue is changed as soon as its first notice is placed; write for example 30d
            first-notice: none | keyturn.yaml:1:15: first-notice: lets keys be changed without a word before (promise 13 does not hold); write for example 30d
            owners: [{default: sec}, {tag: Slack}] | keyturn.yaml:1:10: owners[0]: always answers, so nothing after it is asked; make it the last
            exemptions: [{user: "arn:*:iam::*:user/*", owner: o, reason: r, until: 2027-06-30}] | keyturn.yaml:1:21: exemptions[0].user: exempts every user; name a path or a name before the *
            {accounts: [{organization: {role: r}}], stages: [{stage: rotate}]} | keyturn.yaml:1:50: stages[0].stage: goes further than notify, which an organization with a reading role alone never does; name roles: {read: NAME, act: NAME, create: NAME}
            """)
    void it_is_said_and_the_file_still_loads(String yaml, String said) {
        assertThat(new ConfigFolder(folder).warnings(yaml)).containsExactly(said);
    }

    @Test
    void ordinary_files_are_not_commented_on() {
        ConfigFolder config = new ConfigFolder(folder);

        assertThat(config.warnings("read: live\n")).isEmpty();
        assertThat(config.warnings("""
                accounts: [{organization: {roles: {read: r, act: a}}}]
                stages: [{stage: enforce}]
                policies:
                  - {name: a, when: user.mfa, age: {expire: 90d}}
                  - {name: b, idle: {expire: 45d}}
                limits: {delete: 0}
                """)).isEmpty();
    }
}
