package io.ripen.app.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a program is started.
 *
 * @param command the program and its arguments, wrappers before them
 * @param executable the program that the process will be in the end
 * @param environment all that it sees of ours and its own: a setting that is meant for us (say
 *     {@code SERVER_PORT}) must not reach it
 */
record Launch(
    List<String> command, Path executable, Path directory, Map<String, String> environment) {}
