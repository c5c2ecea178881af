/**
 * Asks for what the first page shows while its program is still read: this file is small, waits for no module, and its reply
 * is taken by the first call of the same path (lib/api.js).
 */
(() => {
  if (!/^\/console\/?$/.test(location.pathname)) {
    return;
  }
  /** @type {Record<string, string>} */
  const headers = {};
  try {
    const token = sessionStorage.getItem('laneway.token');
    if (token) {
      headers['authorization'] = `Bearer ${token}`;
    }
  } catch {
    // A browser without storage has no token yet.
  }
  const from = new URLSearchParams(location.search);
  const query = new URLSearchParams(['q', 'state', 'service', 'sort'].map((name) => [name, from.get(name) ?? '']).filter(([, value]) => value));
  query.set('limit', '200');
  const path = `/v1/overview?${query}`;
  const reply = fetch(path, {headers, cache: 'no-store', redirect: 'error'});
  // What went wrong is said by the call that takes it.
  reply.catch(() => {});
  /** @type {any} */ (globalThis).early = {path, token: headers['authorization'] ?? '', reply};
})();
