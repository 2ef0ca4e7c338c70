/** What came of an operation that can fail for a reason that its caller should handle: its value, or why not. */
export type Outcome<T, Why> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: Why };

export function done<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function refused<Why>(why: Why): { readonly ok: false; readonly why: Why } {
  return { ok: false, why };
}
