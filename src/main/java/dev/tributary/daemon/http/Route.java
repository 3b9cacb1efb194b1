package dev.tributary.daemon.http;

import java.util.function.Function;

/**
 * A path and what answers there.
 *
 * @param path with placeholders in braces
 */
record Route(String path, Function<Question, Answer> page) {}
