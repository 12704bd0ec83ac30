package org.livespan.appserver;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;
import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Disables a test on servers that cannot pass it, because of a fault or a decision of theirs. */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(DisabledOn.Condition.class)
public @interface DisabledOn {

    Product[] server();

    /** The reason, as the test report shows it. */
    String because();

    /** Compares with the server of this run. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return findAnnotation(context.getElement(), DisabledOn.class)
                    .filter(given -> List.of(given.server()).contains(Product.ofThisRun()))
                    .map(given -> disabled(Product.ofThisRun() + ": " + given.because()))
                    .orElse(enabled("This server can do it"));
        }
    }
}
