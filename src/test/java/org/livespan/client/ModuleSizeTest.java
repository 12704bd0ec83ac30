package org.livespan.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.javascript.jscomp.CompilationLevel;
import com.google.javascript.jscomp.Compiler;
import com.google.javascript.jscomp.CompilerOptions;
import com.google.javascript.jscomp.CompilerOptions.LanguageMode;
import com.google.javascript.jscomp.SourceFile;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The module is small. */
class ModuleSizeTest {

    private static final Path MODULE = Path.of("src", "main", "webapp", "livespan.js");
    private static final int FIVE_KILOBYTES = 5 * 1024;

    /** Makes a function of the module, because the compiler does not shorten names at the top level of a module. */
    private static final String WRAPPER = "(function(){%sreturn{live,feeds,ExactNumber}})();";

    @Test
    void the_minified_module_is_under_five_kilobytes() throws Exception {
        // The compiler would look for what is imported; a function with a name as long is left as it is
        String module = Files.readString(MODULE).replaceAll("(?m)^export ", "").replace("import('", "imPort('");
        String minified = minified(WRAPPER.replace("%s", module));
        int wrapper =
                minified(WRAPPER.replace("%s", "let live,feeds,ExactNumber;")).length();
        assertThat(minified.getBytes(UTF_8).length - wrapper)
                .as("bytes of the module, minified")
                .isBetween(1_000, FIVE_KILOBYTES);
    }

    private static String minified(String script) {
        var options = new CompilerOptions();
        CompilationLevel.SIMPLE_OPTIMIZATIONS.setOptionsForCompilationLevel(options);
        options.setLanguageIn(LanguageMode.UNSTABLE);
        options.setLanguageOut(LanguageMode.NO_TRANSPILE);
        options.setEmitUseStrict(false);
        options.setLineLengthThreshold(Integer.MAX_VALUE);
        var compiler = new Compiler(new PrintStream(OutputStream.nullOutputStream()));
        var result = compiler.compile(List.of(), List.of(SourceFile.fromCode("livespan.js", script)), options);
        assertThat(result.errors).isEmpty();
        return compiler.toSource();
    }
}
