/** What a lane is to messages: its header, its consumer group, the current lane of a thread, and the settings. */
@NullMarked
package io.laneway.kafka.lane;

import org.jspecify.annotations.NullMarked;
