package io.claudeflux.speed;

import io.claudeflux.speed.answer.AnswerName;
import java.util.List;

/**
 * One way of a scenario to measure its clients.
 *
 * @param name which one
 * @param answer what the server answers
 * @param streams how many streams are open
 * @param clients which clients are measured
 */
record Setting(String name, AnswerName answer, int streams, List<String> clients) {}
