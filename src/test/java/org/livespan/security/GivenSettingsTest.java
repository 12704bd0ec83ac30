package org.livespan.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;

/** An empty setting does not open what was to be closed. */
class GivenSettingsTest {

    private final Map<String, String> values = new HashMap<>();

    /** Treats empty values like none, as the specification says. */
    private GivenSettings settings() {
        ConfigSource source = proxy(ConfigSource.class, values::get);
        var settings = new GivenSettings();
        settings.config = proxy(
                Config.class,
                name -> name == null
                        ? List.of(source)
                        : Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty()));
        return settings;
    }

    private interface Answers {
        Object to(Object firstArgument);
    }

    private static <T> T proxy(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.to(arguments == null ? null : arguments[0])));
    }

    @Test
    void an_empty_value_is_a_value() {
        values.put("empty", "");
        values.put("full", "x");
        assertThat(settings().text("empty")).contains("");
        assertThat(settings().text("full")).contains("x");
        assertThat(settings().text("none")).isEmpty();
    }

    @Test
    void callers_are_not_authenticated_only_if_nothing_or_none_is_set() {
        assertThat(settings().mode()).isEqualTo(SecurityMode.NONE);
        values.put("livespan.security", "none");
        assertThat(settings().mode()).isEqualTo(SecurityMode.NONE);
        values.put("livespan.security", " jwt ");
        assertThat(settings().mode()).isEqualTo(SecurityMode.JWT);
        for (String wrong : List.of("", "JWT", "oidc")) {
            values.put("livespan.security", wrong);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> settings().mode())
                    .withMessageContaining("none or jwt or container");
        }
    }
}
