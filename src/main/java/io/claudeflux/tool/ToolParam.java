package io.claudeflux.tool;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says of a parameter of a {@link ToolMethod} what its type does not. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface ToolParam {
    /**
     * Its name in the input.
     *
     * @return the name; the parameter's own if it is empty
     */
    String name() default "";

    /**
     * What it is, for the model.
     *
     * @return some words; none if it is empty
     */
    String description() default "";

    /**
     * Whether the model must give it.
     *
     * @return false for one that is null when it is left out
     */
    boolean required() default true;
}
