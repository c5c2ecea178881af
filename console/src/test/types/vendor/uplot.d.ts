export default class Plot {
  constructor(options: object, data: unknown[], into: Element);
  setData(data: unknown[]): void;
  setSize(size: {width: number; height: number}): void;
  destroy(): void;
}
