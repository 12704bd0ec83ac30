package org.livespan.stream;

import java.util.HashMap;
import java.util.Map;
import org.livespan.http.Problem;
import org.livespan.http.ProblemType;

/**
 * How many seats each address and each user holds, and the most that one may hold.
 *
 * <p>Guarded by {@link Seats}.
 */
final class SeatCounts {

    private final int mostPerAddress;
    private final int mostPerUser;
    private final Map<String, Integer> ofAddresses = new HashMap<>();
    private final Map<String, Integer> ofUsers = new HashMap<>();

    /** 0 for no limit. */
    SeatCounts(int mostPerAddress, int mostPerUser) {
        this.mostPerAddress = mostPerAddress;
        this.mostPerUser = mostPerUser;
    }

    void taken(Client client) {
        ofAddresses.merge(client.address(), 1, Integer::sum);
        if (client.user() != null) {
            ofUsers.merge(client.user(), 1, Integer::sum);
        }
    }

    void givenBack(Client client) {
        ofAddresses.computeIfPresent(client.address(), SeatCounts::oneLess);
        if (client.user() != null) {
            ofUsers.computeIfPresent(client.user(), SeatCounts::oneLess);
        }
    }

    private static Integer oneLess(String same, Integer number) {
        return number == 1 ? null : number - 1;
    }

    int ofAddress(Client client) {
        return ofAddresses.getOrDefault(client.address(), 0);
    }

    /** Whether its address or its user holds as many as one may. */
    boolean isAtLimit(Client client) {
        return isAddressAtLimit(client) || isUserAtLimit(client);
    }

    private boolean isAddressAtLimit(Client client) {
        return mostPerAddress > 0 && ofAddress(client) >= mostPerAddress;
    }

    private boolean isUserAtLimit(Client client) {
        return mostPerUser > 0 && client.user() != null && ofUsers.getOrDefault(client.user(), 0) >= mostPerUser;
    }

    /** For a client at its limit. */
    Problem refusal(Client client) {
        return new Problem(
                ProblemType.TOO_MANY_STREAMS,
                isUserAtLimit(client)
                        ? "You have " + mostPerUser
                                + " open streams, and may have no more. Close one, or try again shortly."
                        : "Your address has " + mostPerAddress
                                + " open streams, and may have no more. Close one, or try again shortly.");
    }
}
