package org.livespan.tool;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Needs no server and uses only its own databases, so it runs in parallel with the tests that share a server. The classes with
 * this annotation run one after another.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("databases of their own")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface BesideOthers {}
