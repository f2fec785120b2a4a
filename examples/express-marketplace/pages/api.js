/** Asks the shop's server; what it refuses is an error with its words. */
export async function ask(path, options = {}) {
  const { json, ...rest } = options;
  const answer = await fetch(`/api${path}`, {
    ...rest,
    ...(json !== undefined && {
      method: rest.method ?? 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(json),
    }),
  });
  if (answer.status === 204) return null;
  const text = await answer.text();
  if (!answer.ok) throw new Error(said(text) ?? `The shop answered ${answer.status}.`);
  return JSON.parse(text);
}

function said(text) {
  try {
    return JSON.parse(text).error;
  } catch {
    return null;
  }
}
