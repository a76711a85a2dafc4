package io.claudeflux.tool;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that the model may call; {@link ClientTool#methodsOf} makes tools of the methods of an object.
 *
 * <p>One parameter of a record or another class of the application's is the whole input. Else each parameter is a
 * member of the input: a string, number, boolean, enum, date, time, UUID or {@link io.claudeflux.message.Json}, or a
 * list of these; its name is that of {@link ToolParam}, or the one in the source where that was compiled with
 * {@code -parameters}.
 *
 * <p>A method that returns a {@code Mono} or a {@code CompletionStage} is called on an event loop and MUST NOT block.
 * One that returns anything else, or nothing, is taken for one that blocks, and runs on
 * {@code Schedulers.boundedElastic()} unless {@link #nonBlocking} says that it need not.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ToolMethod {
    /**
     * The tool's name.
     *
     * @return 1 to 128 letters, digits, underscores and dashes; the method's name if it is empty
     */
    String name() default "";

    /**
     * What it does and when to use it, for the model.
     *
     * @return some sentences
     */
    String description();

    /**
     * Whether a method that returns a value is quick, and does not wait for anything.
     *
     * @return true to call it on the event loop
     */
    boolean nonBlocking() default false;
}
