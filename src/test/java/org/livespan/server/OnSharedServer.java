package org.livespan.server;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Uses the server of {@link Livespan}, which requires this annotation. The classes with it run one after another, in parallel
 * with tests that use other servers or none.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(OnSharedServer.LOCK)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface OnSharedServer {

    /** For the server and its table of orders. */
    String LOCK = "the shared server";
}
