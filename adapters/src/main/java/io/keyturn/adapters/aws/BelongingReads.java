package io.keyturn.adapters.aws;

import io.keyturn.core.model.Fact;
import io.keyturn.engine.port.Belongings;
import io.keyturn.engine.port.Belongings.Holding;
import io.keyturn.engine.port.Belongings.Item;
import io.keyturn.engine.port.Belongings.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.StatusType;

/** Reads what a user can log in with besides access keys, kind by kind: one that may not be read hides no other. */
final class BelongingReads {
    private final Access access;
    private final IamClient iam;

    BelongingReads(Access access) {
        this.access = access;
        this.iam = access.iam();
    }

    Belongings of(String user) throws InterruptedException {
        List<Holding> holdings = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            holdings.add(new Holding(kind, read(kind, user)));
        }
        return new Belongings(holdings);
    }

    private Fact<List<Item>> read(Kind kind, String user) throws InterruptedException {
        List<Item> items = new ArrayList<>();
        try {
            switch (kind) {
                case CONSOLE_PASSWORD -> items.addAll(password(user));
                case MFA_DEVICE -> devices(user, items);
                case SERVICE_CREDENTIAL -> serviceCredentials(user, items);
                case SSH_KEY -> sshKeys(user, items);
                case SIGNING_CERTIFICATE -> certificates(user, items);
            }
            return Fact.known(items, access.clock().instant());
        } catch (CallFailure failure) {
            return Fact.unknown(failure.why());
        }
    }

    private List<Item> password(String user) throws CallFailure, InterruptedException {
        try {
            Instant made = access.calls()
                    .call(() -> iam.getLoginProfile(r -> r.userName(user).overrideConfiguration(access.as()))
                            .loginProfile()
                            .createDate());
            return List.of(new Item("console", true, made));
        } catch (CallFailure failure) {
            if (failure.gone()) {
                return List.of();
            }
            throw failure;
        }
    }

    private void devices(String user, List<Item> items) throws CallFailure, InterruptedException {
        Pages.each(
                access.calls(),
                token -> iam.listMFADevices(r -> r.userName(user).marker(token).overrideConfiguration(access.as())),
                page -> page.mfaDevices(),
                page -> Pages.iamNext(page.isTruncated(), page.marker()),
                device -> items.add(new Item(device.serialNumber(), true, device.enableDate())));
    }

    private void serviceCredentials(String user, List<Item> items) throws CallFailure, InterruptedException {
        Pages.each(
                access.calls(),
                token -> iam.listServiceSpecificCredentials(
                        r -> r.userName(user).marker(token).overrideConfiguration(access.as())),
                page -> page.serviceSpecificCredentials(),
                page -> Pages.iamNext(page.isTruncated(), page.marker()),
                one -> items.add(new Item(
                        one.serviceSpecificCredentialId() + " for " + one.serviceName(),
                        isActive(one.status()),
                        one.createDate())));
    }

    private void sshKeys(String user, List<Item> items) throws CallFailure, InterruptedException {
        Pages.each(
                access.calls(),
                token -> iam.listSSHPublicKeys(
                        r -> r.userName(user).marker(token).overrideConfiguration(access.as())),
                page -> page.sshPublicKeys(),
                page -> Pages.iamNext(page.isTruncated(), page.marker()),
                key -> items.add(new Item(key.sshPublicKeyId(), isActive(key.status()), key.uploadDate())));
    }

    private void certificates(String user, List<Item> items) throws CallFailure, InterruptedException {
        Pages.each(
                access.calls(),
                token -> iam.listSigningCertificates(
                        r -> r.userName(user).marker(token).overrideConfiguration(access.as())),
                page -> page.certificates(),
                page -> Pages.iamNext(page.isTruncated(), page.marker()),
                one -> items.add(new Item(one.certificateId(), isActive(one.status()), one.uploadDate())));
    }

    /** A status that is not understood counts as one that works. */
    private static boolean isActive(@Nullable StatusType status) {
        return status != StatusType.INACTIVE;
    }
}
