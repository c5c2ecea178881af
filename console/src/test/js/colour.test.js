import test from 'node:test';
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {TONES, hue} from '../../main/resources/io/laneway/console/app/lib/colour.js';

const CSS = readFileSync(new URL('../../main/resources/io/laneway/console/css/base.css', import.meta.url), 'utf8');

/** OKLCH to linear sRGB (CSS Color 4), cut to what a screen shows. */
function linear(l, c, h) {
  const [a, b] = [c * Math.cos((h * Math.PI) / 180), c * Math.sin((h * Math.PI) / 180)];
  const [x, y, z] = [l + 0.3963377774 * a + 0.2158037573 * b, l - 0.1055613458 * a - 0.0638541728 * b, l - 0.0894841775 * a - 1.291485548 * b].map((one) => one ** 3);
  return [4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z, -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z, -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z]
    .map((one) => Math.min(1, Math.max(0, one)));
}

const bright = ([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
const hex = (text) => bright([1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16) / 255).map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)));
const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

test('a lane can be read in both themes, whatever its hue', () => {
  for (const name of ['bg', 'side', 'raised', 'hover']) {
    const [, light, dark] = new RegExp(`--${name}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(CSS);
    for (let h = 0; h < 360; h++) {
      assert.ok(contrast(bright(linear(TONES.light.l, TONES.light.c, h)), hex(light)) >= 4.5, `${name} light ${h}`);
      assert.ok(contrast(bright(linear(TONES.dark.l, TONES.dark.c, h)), hex(dark)) >= 4.5, `${name} dark ${h}`);
    }
  }
});

test('the style sheet has the tones that are checked', () => {
  assert.ok(CSS.includes(`oklch(${TONES.light.l} ${TONES.light.c} var(--hue)), oklch(${TONES.dark.l} ${TONES.dark.c} var(--hue))`));
});

test('names that are one lane have one hue, and red stays free', () => {
  assert.equal(hue('feature/X'), hue('feature-x'));
  for (let n = 0; n < 5000; n++) {
    assert.ok(hue(`f-${n}`) >= 95 && hue(`f-${n}`) < 355);
  }
});
