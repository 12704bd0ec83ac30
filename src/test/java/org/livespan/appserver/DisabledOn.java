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

/** What cannot be asked of some servers, by a fault or a choice of theirs. */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(DisabledOn.Condition.class)
public @interface DisabledOn {

    Product[] server();

    /** The cause, as the report says it. */
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
