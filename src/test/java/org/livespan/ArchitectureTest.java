package org.livespan;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The walls between the rooms: a change travels forward, and no room calls back into an earlier one. */
class ArchitectureTest {

    /** In the order in which a change travels; each may know those before it. */
    private static final List<String> ROOMS = List.of(
            "time",
            "gzip",
            "db",
            "change",
            "notify",
            "wal",
            "feed",
            "monitor",
            "live",
            "http",
            "security",
            "stream",
            "ops");

    private static final JavaClasses LIVESPAN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.livespan");

    @Test
    void every_room_is_there() {
        for (String room : ROOMS) {
            assertThat(LIVESPAN.that(resideInAPackage(inside(room)))).as(room).isNotEmpty();
        }
    }

    @Test
    void no_room_knows_a_later_one() {
        for (int i = 0; i < ROOMS.size(); i++) {
            String[] later =
                    ROOMS.stream().skip(i + 1L).map(ArchitectureTest::inside).toArray(String[]::new);
            if (later.length > 0) {
                noClasses()
                        .that()
                        .resideInAPackage(inside(ROOMS.get(i)))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(later)
                        .check(LIVESPAN);
            }
        }
    }

    @Test
    void the_rooms_form_no_circle() {
        SlicesRuleDefinition.slices()
                .matching("org.livespan.(*)..")
                .should()
                .beFreeOfCycles()
                .check(LIVESPAN);
    }

    @Test
    void time_knows_nothing_but_the_Java_platforms_own_time() {
        classes()
                .that()
                .resideInAPackage(inside("time"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(inside("time"), "java.lang..", "java.time..", "java.util..")
                .check(LIVESPAN);
    }

    @Test
    void only_db_and_change_speak_with_PostgreSQL() {
        only("notify", Set.of("db", "wal"), "org.postgresql..");
    }

    @Test
    void neither_live_nor_http_nor_stream_knows_of_JDBC() {
        noClasses()
                .that()
                .resideInAnyPackage(inside("live"), inside("http"), inside("stream"), inside("time"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..")
                .check(LIVESPAN);
    }

    @Test
    void only_feed_and_monitor_read_through_JPA() {
        only("feed", Set.of("monitor"), "jakarta.persistence..");
    }

    @Test
    void only_http_security_and_stream_know_HTTP_and_page_its_headers() {
        only("http", Set.of("security", "stream"), "jakarta.ws.rs..");
        only("http", Set.of("security", "stream", "page"), "jakarta.servlet..");
    }

    @Test
    void only_security_verifies_tokens() {
        only("security", Set.of(), "com.nimbusds..");
    }

    @Test
    void the_page_stands_alone() {
        noClasses()
                .that()
                .resideInAPackage(inside("page"))
                .should()
                .dependOnClassesThat(resideInAPackage("org.livespan..")
                        .and(DescribedPredicate.not(resideInAPackage(inside("page")))))
                .check(LIVESPAN);
    }

    @Test
    void only_ops_answers_for_health() {
        only("ops", "org.eclipse.microprofile.health..");
    }

    @Test
    void nobody_depends_on_the_demo() {
        noClasses()
                .that()
                .resideOutsideOfPackage(inside("demo"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(inside("demo"))
                .check(LIVESPAN);
    }

    @Test
    void names_come_from_the_field() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .check(LIVESPAN);
    }

    @Test
    void every_room_has_a_plate_on_its_door() throws IOException {
        Path sources = Path.of("src/main/java");
        try (var files = Files.walk(sources)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java")).map(Path::getParent))
                    .isNotEmpty()
                    .allSatisfy(room ->
                            assertThat(room.resolve("package-info.java")).exists());
        }
    }

    @Test
    void what_is_logged_goes_through_the_platforms_logger() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(LIVESPAN);
        GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(LIVESPAN);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.slf4j..")
                .check(LIVESPAN);
    }

    @Test
    void a_public_field_is_a_constant() {
        fields().that().arePublic().should().beStatic().andShould().beFinal().check(LIVESPAN);
    }

    /** A server opens an injected unit while it deploys, so a database that is down would keep it from starting. */
    @Test
    void no_persistence_unit_is_injected() {
        noFields()
                .should()
                .beAnnotatedWith("jakarta.persistence.PersistenceContext")
                .orShould()
                .beAnnotatedWith("jakarta.persistence.PersistenceUnit")
                .check(LIVESPAN);
    }

    /** The demo is an application's own code, so it is free to use all of these. */
    private static void only(String room, String... packages) {
        only(room, Set.of(), packages);
    }

    private static void only(String room, Set<String> alsoRooms, String... packages) {
        var allowed = Stream.concat(Stream.of(room, "demo"), alsoRooms.stream())
                .map(ArchitectureTest::inside)
                .toArray(String[]::new);
        DescribedPredicate<JavaClass> others =
                DescribedPredicate.not(resideInAnyPackage(allowed)).as("reside outside of " + room);
        noClasses()
                .that(others)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .check(LIVESPAN);
    }

    private static String inside(String room) {
        return "org.livespan." + room + "..";
    }
}
