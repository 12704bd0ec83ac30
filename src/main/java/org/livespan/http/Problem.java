package org.livespan.http;

/** The reason why a request cannot be answered, which becomes {@code application/problem+json}. */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemType type;

    /** @param detail a sentence about this request that helps its sender */
    public Problem(ProblemType type, String detail) {
        super(detail);
        this.type = type;
    }

    public ProblemType type() {
        return type;
    }

    public String detail() {
        return getMessage();
    }
}
