// The public log's files, as any static host could serve them: not JSON, and nobody's in particular.

const patience_ms = 20_000;

/** Null where there is no such file. Throws where none could be got: no connection, no answer in time, or trouble there. */
async function fetched(path: string, cache: RequestCache): Promise<Response | null> {
  const clock = new AbortController();
  const timer = setTimeout(() => clock.abort(), patience_ms);
  try {
    const answer = await fetch(`/${path}`, { credentials: 'omit', cache, signal: clock.signal });
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer;
  } finally {
    clearTimeout(timer);
  }
}

/** The newest checkpoint as a signed note, or the line of the log's key. */
export async function logText(name: 'checkpoint' | 'log.vkey'): Promise<string | null> {
  const answer = await fetched(name, 'no-store');
  return answer && answer.text();
}

/** A file of hashes at its path below the log's address (C2SP tlog-tiles). It never changes. */
export async function logTile(path: string): Promise<Uint8Array | null> {
  const answer = await fetched(path, 'default');
  return answer && new Uint8Array(await answer.arrayBuffer());
}
