/** A document as YAML, as people read it. */

/**
 * @param {unknown} value
 * @returns {string[]} lines
 */
export function yaml(value) {
  return value === undefined || value === null ? [] : lines(value, 0);
}

/**
 * @param {unknown} value
 * @param {number} depth
 * @returns {string[]}
 */
function lines(value, depth) {
  const pad = '  '.repeat(depth);
  if (Array.isArray(value)) {
    return value.flatMap((item) => {
      const inner = lines(item, 0);
      return flat(item) ? [`${pad}- ${scalar(item)}`] : inner.map((line, at) => `${pad}${at ? '  ' : '- '}${line}`);
    });
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, item]) =>
      flat(item) ? [`${pad}${scalar(key)}: ${scalar(item)}`] : [`${pad}${scalar(key)}:`, ...lines(item, depth + 1)]);
  }
  return [pad + scalar(value)];
}

/** @param {unknown} value */
function flat(value) {
  return typeof value !== 'object' || value === null || Object.keys(value).length === 0
    || (Array.isArray(value) && value.every((item) => typeof item !== 'object' || item === null) && String(value).length < 60);
}

/**
 * @param {unknown} value
 * @returns {string}
 */
function scalar(value) {
  if (Array.isArray(value)) {
    return `[${value.map(scalar).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    return '{}';
  }
  const text = String(value);
  const bare = typeof value !== 'string' || (/^[\p{L}_/][\p{L}\p{N}_./ ()%-]*$/u.test(text) && !/^(?:true|false|null|yes|no|on|off)$/i.test(text) && !text.endsWith(' '));
  return bare ? text : JSON.stringify(text);
}
