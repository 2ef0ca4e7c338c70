import { createServer, request as ask } from 'node:http';

/** The register behind a door at which all that goes in is written down, whoever sends it: page or worker. */
export async function door(register) {
  const target = new URL(register);
  const seen = [];
  const server = createServer((asked, answer) => {
    const parts = [];
    asked.on('data', (part) => parts.push(part));
    asked.on('end', () => {
      const body = Buffer.concat(parts);
      const { 'user-agent': _agent, ...headers } = asked.headers;
      seen.push({ line: `${asked.method} ${asked.url}`, headers, body: body.toString('latin1') });
      const onward = ask({ host: target.hostname, port: target.port, method: asked.method, path: asked.url, headers: { ...asked.headers, host: target.host } }, (came) => {
        answer.writeHead(came.statusCode, came.headers);
        came.pipe(answer);
      });
      onward.on('error', () => answer.destroy());
      onward.end(body);
    });
  });
  server.listen(0, 'localhost');
  await new Promise((resolve) => server.once('listening', resolve));
  return { at: `http://localhost:${server.address().port}`, seen, stop: () => server.closeAllConnections() ?? server.close() };
}
