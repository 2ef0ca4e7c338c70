// Programs that tests run.
declare module 'node:child_process' {
  export function execFileSync(
    file: string,
    args: readonly string[],
    options?: { readonly input?: Uint8Array },
  ): Uint8Array;

  interface Finished {
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
  }
  export function spawnSync(
    program: string, options: readonly string[], how: { encoding: 'utf8'; input?: string; timeout: number },
  ): Finished;
  interface Running {
    readonly stdout: { on(event: 'data', hear: (data: { toString(): string }) => void): void };
    kill(): void;
    once(event: 'exit', hear: () => void): void;
  }
  export function spawn(
    program: string, options: readonly string[], how: { stdio: readonly ['ignore', 'pipe', 'ignore'] },
  ): Running;
}

declare module 'node:fs' {
  export function mkdtempSync(prefix: string): string;
  export function rmSync(path: string, how: { recursive: true }): void;
  export function writeFileSync(path: string, text: string): void;
}

declare module 'node:os' {
  export function tmpdir(): string;
}

declare module 'node:zlib' {
  export function inflateSync(packed: Uint8Array): Uint8Array;
}
