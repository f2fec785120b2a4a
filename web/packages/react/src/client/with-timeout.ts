/** Rejects when the work takes longer; the work itself goes on, for what cannot be cancelled. */
export function withTimeout<T>(work: Promise<T>, timeoutMs: number, error: () => Error): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => reject(error()), timeoutMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
