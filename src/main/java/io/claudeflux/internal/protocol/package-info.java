/**
 * Which sequences of events are an answer, and what an error means.
 *
 * <p>Plain state machines over events, one instance a stream, without Reactor: {@code StreamFaults} ends a stream at an
 * error event, {@code MessageGrammar} lets only legal sequences pass, {@code CommitGate} holds the first event back
 * until there is content, {@code Progress} knows how far the subscriber got. {@code ApiErrors} reads errors wherever
 * they come from.
 */
@NullMarked
package io.claudeflux.internal.protocol;

import org.jspecify.annotations.NullMarked;
