/** Rules of replays: how the responses that a replay got are compared. They are in files of teams, and in no table. */
@NullMarked
package io.laneway.router.model.replay;

import org.jspecify.annotations.NullMarked;
