// The little of Node that tests use. Its whole types would change what the browser's functions are for all of the app.
declare module 'node:fs' {
  export function readFileSync(path: string): Uint8Array;
  export function readFileSync(path: string, encoding: 'utf8'): string;
}

declare const process: { readonly env: Readonly<Record<string, string | undefined>> };
