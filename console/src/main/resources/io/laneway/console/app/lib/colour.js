/** The one colour that a lane has everywhere. */

/**
 * The part of a slug that colours need: names that are one lane get one colour.
 *
 * @param {string} name
 */
export const plain = (name) => name.toLowerCase().replaceAll(/[^a-z0-9-]+/g, '-').replaceAll(/^-+|-+$/g, '') || name;

/**
 * The hue of a lane in degrees. Red and orange stay free for errors and warnings.
 *
 * @param {string} name
 */
export function hue(name) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(plain(name))) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  hash ^= hash >>> 15;
  return 95 + (hash >>> 0) % 260;
}

/** Lightness and chroma of a lane's colour (OKLCH), as app.css has them. */
export const TONES = {light: {l: 0.5, c: 0.12}, dark: {l: 0.79, c: 0.1}};
