/** Closes a union: a new member that nobody handles stops the type check here. */
export function assertNever(value: never): never {
  throw new Error(`unexpected ${JSON.stringify(value)}`);
}
