package io.keyturn.adapters.aws;

import io.keyturn.core.policy.OwnerRule.Contact;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import tools.jackson.databind.json.JsonMapper;

/** Whom AWS turns to about an account. Source: Account Management API reference, GetAlternateContact. */
record AlternateContacts(JsonCall call) {
    /** The mail address of that contact; null where the answer has none. */
    @Nullable
    String mail(AwsRequestOverrideConfiguration as, Contact.Kind kind) {
        return call.post(
                        as,
                        "/getAlternateContact",
                        JsonCall.bytes(JsonMapper.shared().createObjectNode().put("AlternateContactType", kind.name())))
                .at("/AlternateContact/EmailAddress")
                .asString(null);
    }
}
