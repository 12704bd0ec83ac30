package org.livespan.http;

import jakarta.servlet.http.HttpServletRequest;

/** The reason why a request cannot be answered, which becomes {@code application/problem+json}. */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemType type;

    /** @param detail a sentence about this request that helps its sender */
    public Problem(ProblemType type, String detail) {
        super(detail);
        this.type = type;
    }

    /** If the server itself does not know the caller. */
    public static Problem loginRequired(HttpServletRequest request) {
        return new Problem(
                ProblemType.LOGIN_REQUIRED, "Log in at " + request.getContextPath() + "/login, and try again.");
    }

    public ProblemType type() {
        return type;
    }

    public String detail() {
        return getMessage();
    }
}
