package org.livespan.page;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts that the page shows before its script runs. */
class MessagesTest {

    private static final Path WEBAPP = Path.of("src/main/webapp");
    private static final Pattern MESSAGE = Pattern.compile("^ {2}'?([\\w.-]+)'?: '([^']*)',$", Pattern.MULTILINE);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data-message=\"([\\w.-]+)\"[^>]*>([^<]*)<",
                "data-message-label=\"([\\w.-]+)\"[^>]*? aria-label=\"([^\"]*)\"",
                "data-message-placeholder=\"([\\w.-]+)\"[^>]*? placeholder=\"([^\"]*)\""
            })
    void the_initial_texts_of_the_page_are_its_english_messages(String attribute) throws IOException {
        Map<String, String> messages = MESSAGE.matcher(Files.readString(WEBAPP.resolve("messages/en.js")))
                .results()
                .collect(toMap(message -> message.group(1), message -> message.group(2)));
        assertThat(Pattern.compile(attribute)
                        .matcher(Files.readString(WEBAPP.resolve("index.html")))
                        .results())
                .isNotEmpty()
                .allSatisfy(words -> assertThat(words.group(2)).isEqualTo(messages.get(words.group(1))));
    }
}
