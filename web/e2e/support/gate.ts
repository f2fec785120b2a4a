/** Holds whoever comes until it is opened, and again whoever comes after that. */
export function gate() {
  let waiting: (() => void)[] = [];
  return {
    pass: () => new Promise<void>((go) => waiting.push(go)),
    isWaitedFor: () => waiting.length > 0,
    open: () => {
      for (const go of waiting) go();
      waiting = [];
    },
  };
}
