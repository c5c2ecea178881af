import {Signal} from './signals-core.js';
export {Signal, signal, computed, effect, batch} from './signals-core.js';
export function useSignal<T>(first: T): Signal<T>;
export function useComputed<T>(make: () => T): Signal<T>;
