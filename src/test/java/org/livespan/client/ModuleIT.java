package org.livespan.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.page.PageServer;
import org.livespan.tool.TakesLong;
import org.livespan.tool.Tool;

/** The module's own tests, in src/test/js, run by Node.js: of the module alone, and against a real server. */
class ModuleIT {

    private static final Path TESTS = Path.of("src", "test", "js");
    private static final String OUTAGES = "outages.test.js";
    private static final int LIMIT_SECONDS = 240;

    /** Older versions of Node.js need this option to give a number as text, as JSON.parse found it. */
    private static final String SOURCE_OF_NUMBERS = "--harmony-json-parse-with-source";

    @RegisterExtension
    final PageServer server = new PageServer();

    @Test
    void the_javascript_tests_pass() throws Exception {
        pass("tests", tests());
    }

    @Test
    @TakesLong
    void the_javascript_tests_of_outages_pass() throws Exception {
        pass("outages", List.of(TESTS.resolve(OUTAGES).toString()));
    }

    private void pass(String name, List<String> tests) throws Exception {
        var command = new ArrayList<>(List.of(Tool.require("node", "nodejs").toString()));
        if (takes(command.get(0), SOURCE_OF_NUMBERS)) {
            command.add(SOURCE_OF_NUMBERS);
        }
        command.addAll(List.of("--test", "--test-reporter=spec"));
        command.addAll(tests);
        try (var control = new RemoteControl(server)) {
            var node = new ProcessBuilder(command).redirectErrorStream(true);
            node.environment().put("LIVESPAN_TEST_API", server.page("api/").toString());
            node.environment().put("LIVESPAN_TEST_CONTROL", control.address());
            Path log = Path.of("target", "node-" + name + ".log");
            var run = node.redirectOutput(log.toFile()).start();
            boolean ended = run.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            run.descendants().forEach(ProcessHandle::destroyForcibly);
            run.destroyForcibly();
            String said = Files.readString(log);
            assertThat(ended).as("Node.js ended in time.%n%s", said).isTrue();
            assertThat(run.exitValue()).as(said).isZero();
            assertThat(said).as("something was tested").containsPattern("pass [1-9]");
        }
    }

    private static List<String> tests() throws IOException {
        try (var files = Files.list(TESTS)) {
            return files.map(Path::toString)
                    .filter(name -> name.endsWith(".test.js") && !name.endsWith(OUTAGES))
                    .sorted()
                    .toList();
        }
    }

    private static boolean takes(String node, String option) throws IOException, InterruptedException {
        return new ProcessBuilder(node, option, "--eval", "0").start().waitFor() == 0;
    }
}
