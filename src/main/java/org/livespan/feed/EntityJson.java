package org.livespan.feed;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.config.PropertyNamingStrategy;
import java.nio.charset.StandardCharsets;

/**
 * Entities as JSON objects: members named as columns are ({@code createdAt} as {@code created_at}; another name by
 * {@code @JsonbProperty}), nulls shown, a {@code timestamptz} in UTC, infinity as PostgreSQL writes it.
 */
@ApplicationScoped
class EntityJson {

    private final Jsonb jsonb = JsonbBuilder.create(new JsonbConfig()
            .withPropertyNamingStrategy(PropertyNamingStrategy.LOWER_CASE_WITH_UNDERSCORES)
            .withNullValues(true)
            .withAdapters(new Infinity.OfMoment(), new Infinity.OfTimestamp(), new Infinity.OfDate()));

    byte[] render(Object entity) {
        return jsonb.toJson(entity).getBytes(StandardCharsets.UTF_8);
    }
}
