package org.livespan.stream;

/** The reason why a request cannot be answered, which becomes {@code application/problem+json}. */
final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemType type;

    /** @param detail a sentence about this request that helps its sender */
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
