/**
 * The fault suite: what a caller sees when the server, the network or a proxy misbehaves, through the public client
 * against a server that speaks scripted bytes.
 *
 * <p>Each test carries the id of its row. Every row, whatever it is about, is also held to the promises that hold for
 * every call; {@link io.claudeflux.fault.FaultBench} checks them.
 */
@NullMarked
package io.claudeflux.fault;

import org.jspecify.annotations.NullMarked;
