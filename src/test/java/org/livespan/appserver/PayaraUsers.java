package org.livespan.appserver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The users of Payara's file realm: commands that it runs when it starts, as it creates its files only then. */
final class PayaraUsers {

    private static final String OPTION = "--postbootcommandfile";
    private static final String COMMANDS = "post-boot.asadmin";

    private PayaraUsers() {}

    static void write(Path directory, List<User> users) throws IOException {
        for (User user : users) {
            Files.writeString(passwords(directory, user), "AS_ADMIN_USERPASSWORD=" + user.password());
        }
        Files.writeString(
                directory.resolve(COMMANDS),
                users.stream()
                        .map(user -> "create-file-user --groups %s --passwordfile %s %s"
                                .formatted(user.group(), passwords(directory, user), user.name()))
                        .collect(Collectors.joining("\n", "", "\n")));
    }

    private static Path passwords(Path directory, User user) {
        return directory.resolve(user.name() + ".password");
    }

    /** For the command that starts it; none if there are no users. */
    static List<String> options(Path directory) {
        Path commands = directory.resolve(COMMANDS);
        return Files.exists(commands) ? List.of(OPTION, commands.toString()) : List.of();
    }
}
