/** What this program uses of preact. */
export type Child = unknown;
export function h(type: unknown, props: unknown, ...children: Child[]): Child;
export function render(tree: Child, parent: Element): void;
export const Fragment: unknown;
