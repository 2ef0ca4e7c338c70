// What `abode serve --web` does for the app, in front of a register whose policy does not let the app's worker fetch yet:
// serves the built files below /app/, and hands everything else on.
import { readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { extname, join, normalize } from 'node:path';

const policy =
  "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data: blob:; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.webmanifest': 'application/manifest+json' };

function file(directory, path) {
  const name = normalize(path.slice('/app/'.length)) || 'index.html';
  try {
    return { name, content: readFileSync(join(directory, extname(name) ? name : 'index.html')) };
  } catch {
    return extname(name) ? null : { name: 'index.html', content: readFileSync(join(directory, 'index.html')) };
  }
}

export async function front(directory, register) {
  const target = new URL(register);
  const server = createServer((asked, answer) => {
    const { pathname } = new URL(asked.url, register);
    if (pathname.startsWith('/app/')) {
      const found = file(directory, pathname);
      const type = found && (types[extname(found.name)] ?? types['.html']);
      answer.writeHead(found ? 200 : 404, { 'Content-Type': type ?? 'text/plain', 'Content-Security-Policy': policy });
      answer.end(found?.content);
      return;
    }
    const headers = { ...asked.headers, host: target.host, ...(asked.headers.origin && { origin: target.origin }) };
    const onward = request({ host: target.hostname, port: target.port, method: asked.method, path: asked.url, headers }, (came) => {
      answer.writeHead(came.statusCode, came.headers);
      came.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    asked.pipe(onward);
  });
  server.listen(0, 'localhost');
  await new Promise((resolve) => server.once('listening', resolve));
  return { address: `http://localhost:${server.address().port}`, stop: () => server.closeAllConnections() ?? server.close() };
}
