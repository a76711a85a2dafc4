/**
 * Tools that the application runs: each a name, a schema and a function, and the loop that asks Claude, runs what it
 * calls and asks again, all of it one stream.
 *
 * <pre>{@code
 * record City(String name) {}
 *
 * ClientTool weather = ClientTool.of("get_weather", "The weather in a city now.", City.class,
 *         city -> forecasts.find(city.name()));
 * Flux<String> text = claude.tools(weather).runText(request);
 * }</pre>
 *
 * <ul>
 *   <li>{@link io.claudeflux.tool.ClientTool} — a tool, from a function or from the methods of an object;
 *   <li>{@link io.claudeflux.tool.ToolResult} and {@link io.claudeflux.tool.ToolException} — what it tells the model;
 *   <li>{@link io.claudeflux.tool.ToolRunner} — the loop, and its rules;
 *   <li>{@link io.claudeflux.tool.ToolEvent} — what the loop hands down: every event of every answer, between marks.
 * </ul>
 */
@NullMarked
package io.claudeflux.tool;

import org.jspecify.annotations.NullMarked;
