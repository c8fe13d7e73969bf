package io.keyturn.adapters.aws.secrets;

import io.keyturn.core.model.Spelling;
import io.keyturn.engine.port.Secret;
import io.keyturn.engine.port.SecretFailure;
import io.keyturn.engine.port.SecretReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The part of a secret's value that its reference asks for. No message repeats any of the value. */
record SecretField(SecretReference.SecretsManager reference, String where) {
    Secret in(@Nullable String value) throws SecretFailure {
        if (value == null) {
            throw failure("it holds bytes and no text", "store the secret as text");
        }
        if (reference.field().isEmpty()) {
            return new Secret(value);
        }
        JsonNode all = json(value);
        if (!all.isObject()) {
            throw failure(
                    "its value is not a JSON object, so there is no field in it",
                    "leave out #" + reference.field() + ", or store a JSON object");
        }
        JsonNode field = all.path(reference.field());
        if (field.isString()) {
            return new Secret(field.stringValue());
        }
        if (!field.isMissingNode()) {
            throw failure("the field " + reference.field() + " of its JSON is no text", "store it as a text");
        }
        String near = Spelling.nearest(reference.field(), all.propertyNames());
        throw failure(
                "its JSON has no field " + reference.field(),
                near == null ? "name a field that it has" : "did you mean #" + near + "?");
    }

    private static JsonNode json(String value) {
        try {
            return JsonMapper.shared().readTree(value);
        } catch (JacksonException e) {
            return JsonMapper.shared().nullNode();
        }
    }

    private SecretFailure failure(String why, String advice) {
        return new SecretFailure(reference, where, why, advice);
    }
}
