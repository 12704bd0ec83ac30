package org.livespan.stream;

/** What keeps a request from its answer, thrown to whoever turns it into {@code application/problem+json}. */
final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemType type;

    /** @param detail a sentence about this one request that helps its sender */
    Problem(ProblemType type, String detail) {
        super(detail);
        this.type = type;
    }

    ProblemType type() {
        return type;
    }

    String detail() {
        return getMessage();
    }
}
