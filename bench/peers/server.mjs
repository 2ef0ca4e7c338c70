// The HTTP side of both peers: Node's own server, without any framework.
import { createServer } from "node:http";
import { readRegistration, Refused } from "./forms.mjs";

const maxBodySize = 64 * 1024;

function send(response, status, body) {
  response.writeHead(status, {
    "Content-Type": "application/json",
    "Cache-Control": "no-store",
    "Content-Length": Buffer.byteLength(body),
  });
  response.end(body);
}

export function sendError(response, error) {
  const expected = error instanceof Refused;
  if (!expected) console.error(error);
  const detail = expected ? error.message : "Something went wrong here.";
  send(response, expected ? error.status : 500, JSON.stringify({ title: "refused", detail }));
}

export const sendCreated = (response, body) => send(response, 201, body);

/** `take` is called with {token, key, body, wanted} and the response for each well-formed registration. */
export function serve(take) {
  const onRequest = (request, response, body) => {
    try {
      if (`${request.method} ${request.url}` !== "POST /api/v1/registrations") throw new Refused(404, "Nothing is here.");
      if (request.headers["content-type"] !== "application/json") throw new Refused(415, "Send JSON.");
      const token = /^Bearer ([\w-]+)$/.exec(request.headers.authorization ?? "")?.[1];
      const key = request.headers["idempotency-key"];
      if (!token || !key) throw new Refused(401, "Sign in first, and send an Idempotency-Key.");
      take({ token, key, body, wanted: readRegistration(body) }, response);
    } catch (error) {
      sendError(response, error);
    }
  };
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (part) => {
      body += part;
      if (body.length > maxBodySize) request.destroy();
    });
    request.on("end", () => onRequest(request, response, body));
  });
  process.on("SIGTERM", () => process.exit(0));
  server.listen(0, "localhost", () => console.log(`http://localhost:${server.address().port}`));
}
