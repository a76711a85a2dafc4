/**
 * A file of prompts, run through one client, 200 at a time; answers are written as they come.
 *
 * <pre>
 * seq 1 1000 | sed 's/^/Name a thing that comes in numbers of /' &gt; prompts.txt
 * mvn -q -Pexamples test-compile exec:java -Dmain.class=io.claudeflux.example.prompts.PromptFile \
 *     -Dexec.args="prompts.txt answers.jsonl"
 * </pre>
 *
 * <p>A line of the input is a prompt, or a JSON object with {@code prompt} and, if you like, {@code id}; a line of the
 * output is a JSON object with {@code id}, {@code text} or {@code error}, {@code usage} and {@code ms}. Run it again
 * after a Ctrl-C, or after a power cut: it goes on with what the output lacks. Failed prompts are in the output, too;
 * to ask them again, take their lines out. A prompt without an {@code id} goes by the number of its line, so put new
 * ones at the end; of two prompts under one id a later run may ask neither. Without {@code ANTHROPIC_API_KEY} a
 * simulated Claude API answers.
 *
 * <p>What to look at: {@link io.claudeflux.example.prompts.PromptRun} is one chain of operators. Lines are read when
 * somebody wants them, and nobody does while 200 requests are open and their answers are not yet on disk, so that a
 * file of any size takes the same little heap, but for the ids that the output had when the run began, some 100 bytes
 * each. Whatever passes is tried again by the client; a prompt that fails for good is a result like any other.
 */
@NullMarked
package io.claudeflux.example.prompts;

import org.jspecify.annotations.NullMarked;
