package io.ripen.engine.signals;

import java.time.Duration;
import java.util.List;

/**
 * What a rule of the signal table raises.
 *
 * @param row its number in the table, from 1
 * @param outputs the texts of the rule's cells, as the DMN engine gives them back
 * @param signal the name of the message in Zeebe
 * @param timeToLive how long Zeebe holds it for somebody who does not wait yet
 */
record SignalRule(
    int row,
    List<String> outputs,
    String signal,
    Correlation correlation,
    Duration timeToLive,
    Guard guard) {}
