/**
 * The protocol by which a lane's records of a partition pass between the base group and the lane's group, free of any
 * call to Kafka.
 *
 * <pre>
 *  base's stream   ──a──f──a──f──┊──a──(f)──a──(f)──┊──a──f──a──►     f: records of lane f, a: others, (f): skipped
 *                                W                  P
 *  lane's stream                 └──────f──► L                        the lane is gone: it had committed L
 *  base re-reads                             └──f───┘                 [L, P), acknowledged into the lane's group
 * </pre>
 *
 * What the base does not handle are ranges of offsets, one list a lane, kept in the metadata of the base's own
 * offset, where the group's generation fences them: an open range {@code [W, ∞)} says that the lane has everything
 * from W on, a closed one {@code [W, P)} that the base took it back at P. A claim is an open range that the base is
 * about to close; a lane that reads it waits. The lane's offset carries the W under which it was committed; under
 * another W it does not count.
 *
 * <ol>
 *   <li>Lane appears: the owner opens {@code [position, ∞)}, commits it with its own unchanged offset, skips from
 *       there. The lane waits for that commit and begins at W.
 *   <li>Lane goes: the owner claims, commits the claim, then looks again: a group that is empty now can only come
 *       back into the wait for a new W, so its offset L is final. It closes the range, re-reads, acknowledges into
 *       the empty group, and releases it at P.
 *   <li>Lane comes back meanwhile: the owner stops, lets what it handed out be acknowledged, and opens the range
 *       again where it stopped.
 *   <li>No member of the base: the lane itself writes W = end into the base's offset, which Kafka accepts only while
 *       the group is empty; if the base has no offset, it proposes W in its own, and the base adopts it before it
 *       delivers anything.
 * </ol>
 */
@NullMarked
package io.laneway.kafka.handover;

import org.jspecify.annotations.NullMarked;
