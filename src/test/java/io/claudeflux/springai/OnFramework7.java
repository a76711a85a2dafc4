package io.claudeflux.springai;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.core.SpringVersion;

/** Leaves a class out where Spring Framework is older than Spring AI 2 needs. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OnFramework7.Condition.class)
@interface OnFramework7 {

    /** Looks at the class path. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            String version = SpringVersion.getVersion();
            boolean isEnough = version != null && Integer.parseInt(version.substring(0, version.indexOf('.'))) >= 7;
            return isEnough
                    ? ConditionEvaluationResult.enabled("Spring Framework " + version)
                    : ConditionEvaluationResult.disabled(
                            "Spring AI 2 needs Spring Framework 7, and this is " + version);
        }
    }
}
