package io.keyturn.adapters.store;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Principal;
import tools.jackson.databind.json.JsonMapper;

/** The values of a catalog as text, and back: only ever read by the version of the tables that wrote it. */
final class CatalogForm {
    /** Names the case of a sealed interface. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "is")
    private interface Case {}

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addMixIn(Reason.class, Case.class)
            .addMixIn(Fact.class, Case.class)
            .addMixIn(LastUse.class, Case.class)
            .addMixIn(Principal.class, Case.class)
            .build();

    private CatalogForm() {}

    static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static <T> T value(String text, Class<T> type) {
        return MAPPER.readValue(text, type);
    }
}
