/** Which part of a long list is in sight. */

/**
 * @param {number} offset where the view begins, in px
 * @param {number} extent of the view
 * @param {number} size of one item
 * @param {number} total items
 * @param {number} over items kept beyond each edge
 * @returns {{from: number, to: number}} `to` exclusive
 */
export function inSight(offset, extent, size, total, over) {
  const from = Math.max(0, Math.min(total, Math.floor(offset / size) - over));
  const to = Math.max(from, Math.min(total, Math.ceil((offset + extent) / size) + over));
  return {from, to};
}

/**
 * A range that begins and ends at whole blocks, so that it changes seldom while one scrolls.
 *
 * @param {{from: number, to: number}} range
 * @param {number} block items
 * @param {number} total items
 */
export const blocks = ({from, to}, block, total) => ({from: from - (from % block), to: Math.min(total, Math.ceil(to / block) * block)});

/**
 * The offset with which an item is wholly in sight, changed no more than needed.
 *
 * @param {number} offset
 * @param {number} extent
 * @param {number} size
 * @param {number} index
 */
export function shown(offset, extent, size, index) {
  const start = index * size;
  return start < offset ? start : start + size > offset + extent ? start + size - extent : offset;
}
