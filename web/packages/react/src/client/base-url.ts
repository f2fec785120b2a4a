/** The address of a server as paths can be put behind it: a slash at its end changes nothing. */
export function withoutSlash(baseUrl: string): string {
  return baseUrl.replace(/\/+$/, '');
}
