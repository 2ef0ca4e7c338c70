// Programs that tests run.
declare module 'node:child_process' {
  export function execFileSync(
    file: string,
    args: readonly string[],
    options?: { readonly input?: Uint8Array },
  ): Uint8Array;
}
