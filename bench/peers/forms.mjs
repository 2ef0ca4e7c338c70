// Reads the body of a registration as strictly as Abode does: known fields only, each of its type, clean text.

export class Refused extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

const kinds = new Set(["main", "secondary", "temporary"]);
const addressParts = ["postal_code", "locality", "region", "street", "house_number", "unit", "care_of"];
const addressFields = new Set(["country", "lines", ...addressParts]);
const bodyFields = new Set(["kind", "address", "since"]);

function requireKnown(object, known) {
  if (object === null || typeof object !== "object") throw new Refused(422, "Send a JSON object here.");
  for (const name of Object.keys(object))
    if (!known.has(name)) throw new Refused(422, `"${name}" is not a field here.`);
}

function cleanLine(text) {
  if (typeof text !== "string" || text.length > 200 || /\p{C}/u.test(text))
    throw new Refused(422, "This must be a line of text.");
  return text.normalize("NFC").trim();
}

function readAddress(given) {
  requireKnown(given, addressFields);
  if (!/^[A-Z]{2}$/.test(given.country)) throw new Refused(422, "The country is two capital letters.");
  if (!Array.isArray(given.lines) || given.lines.length === 0 || given.lines.length > 8)
    throw new Refused(422, "An address has 1 to 8 lines.");
  const address = { country: given.country, lines: given.lines.map(cleanLine) };
  for (const part of addressParts) if (given[part] !== undefined) address[part] = cleanLine(given[part]);
  return address;
}

export function readRegistration(body) {
  let given;
  try {
    given = JSON.parse(body);
  } catch {
    throw new Refused(400, "This is not valid JSON.");
  }
  requireKnown(given, bodyFields);
  if (!kinds.has(given.kind)) throw new Refused(422, "The kind is one of: main, secondary, temporary.");
  if (!/^\d{4}-\d\d-\d\d$/.test(given.since) || Number.isNaN(Date.parse(given.since)))
    throw new Refused(422, "Write the date as 2026-11-01.");
  return { kind: given.kind, address: readAddress(given.address), since: given.since };
}
