/** What this program uses of preact's hooks. */
type Ended = void | undefined | (() => void);
export function useState<T>(first: T | (() => T)): [T, (next: T) => void];
export function useEffect(run: () => Ended, on?: unknown[]): void;
export function useLayoutEffect(run: () => Ended, on?: unknown[]): void;
export function useMemo<T>(make: () => T, on: unknown[]): T;
export function useCallback<T>(call: T, on: unknown[]): T;
export function useRef<T>(first: T): {current: T};
