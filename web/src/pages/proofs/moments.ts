/** Seconds since 1970 as RFC 3339, as the register writes moments. */
export function momentOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
