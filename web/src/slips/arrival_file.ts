// An arrival form to keep and to show: as a file, and as the text of one QR code. Both are made and read on the device.
// The file is JSON that people can read; the code has the same in order, without names.

import { formatDay, formatTime, parseDay, parseTime } from '../base/day';
import { bytesIn } from '../base/lines';
import { type Outcome, done, refused } from '../base/outcome';
import { type Document, documentKinds, parseDocument } from '../identity/documents';
import * as arrival from '../rules/arrival';
import { FirstFault, ObjectReader, type ReadingFault, isList } from './reading';

const format = 'abode-arrival';
const version = 1;

export const maxArrivalFileBytes = 65_536;
/** Version 27 at level M, 125 squares a side: as dense as the seal on our paper certificates. Ten usual people fit. */
export const maxArrivalQrVersion = 27;
export const maxArrivalQrBytes = 1125;

export type ArrivalQrFault = { readonly code: 'too-large-for-qr'; readonly bytes: number; readonly max: number };

export type ArrivalImportFault =
  | { readonly code: 'too-large'; readonly max: number }
  | { readonly code: 'not-an-arrival-form' }
  | { readonly code: 'unknown-version' }
  | { readonly code: 'incomplete'; readonly missing: readonly arrival.Missing[] }
  | ReadingFault;

type Json = string | number | null | readonly Json[] | { readonly [key: string]: Json };

const minuteText = (time: arrival.ArrivalForm['entry']) => formatTime(time).slice(0, 16);
const minute = (text: string) => parseTime(`${text}:00Z`);

type DayOrNone = arrival.Traveller['documentExpiry'];
const dayOrNoneText = (day: DayOrNone) => (day === 'none' ? day : formatDay(day));
const dayOrNone = (text: string): DayOrNone | null => (text === 'none' ? text : parseDay(text));

// ---- the file

function guardianJson(guardian: arrival.Traveller['guardian']): Json {
  if (guardian === 'none') return null;
  const { relation } = guardian;
  if (guardian.kind === 'traveller') return { relation, traveller: guardian.traveller };
  const { family, given, document } = guardian;
  return { relation, family, given, document: { kind: document.kind, number: document.number } };
}

function travellerJson(traveller: arrival.Traveller): Json {
  const { family, given, sex, citizenship, document, holds } = traveller;
  return {
    family,
    given,
    birth: formatDay(traveller.birth),
    sex,
    citizenship,
    document: { kind: document.kind, number: document.number },
    document_expiry: dayOrNoneText(traveller.documentExpiry),
    holds,
    guardian: guardianJson(traveller.guardian),
  };
}

/** The content of the file. Its media type is application/json. */
export function arrivalFile(form: arrival.ArrivalForm): string {
  const content: Json = {
    format,
    version,
    entry: minuteText(form.entry),
    last_day: formatDay(form.lastDay),
    purpose: form.purpose,
    emergency: form.emergency,
    country: form.country,
    lines: form.lines,
    travellers: form.travellers.map(travellerJson),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function readDocument(reader: ObjectReader): Document | null {
  const kind = reader.choice('kind', documentKinds);
  const number = reader.parsed('number', (text) => {
    const document = parseDocument(kind ?? 'other', text);
    return document.ok ? document.value.number : null;
  });
  reader.finish();
  return kind === null || number === null ? null : { kind, number };
}

function readGuardian(value: unknown, first: FirstFault, path: string): arrival.Traveller['guardian'] | null {
  if (value === null) return 'none';
  const reader = new ObjectReader(value, first, path);
  const relation = reader.choice('relation', arrival.relations);
  if (reader.has('traveller')) {
    const traveller = reader.whole('traveller', arrival.maxTravellers - 1);
    reader.finish();
    return relation === null || traveller === null ? null : { relation, kind: 'traveller', traveller };
  }
  const family = reader.text('family');
  const given = reader.text('given');
  const document = readDocument(reader.object('document'));
  reader.finish();
  if (relation === null || family === null || given === null || document === null) return null;
  return { relation, kind: 'own-form', family, given, document };
}

function readTraveller(value: unknown, first: FirstFault, path: string): arrival.TravellerDraft {
  const reader = new ObjectReader(value, first, path);
  const traveller = {
    family: reader.text('family'),
    given: reader.text('given'),
    birth: reader.parsed('birth', parseDay),
    sex: reader.choice('sex', arrival.sexes),
    citizenship: reader.text('citizenship'),
    document: readDocument(reader.object('document')),
    documentExpiry: reader.parsed('document_expiry', dayOrNone),
    holds: reader.choice('holds', arrival.holdings),
    guardian: readGuardian(reader.value('guardian'), first, reader.pathOf('guardian')),
  };
  reader.finish();
  return traveller;
}

/** Reads the content without its format and version. */
function readForm(reader: ObjectReader, first: FirstFault): Outcome<arrival.ArrivalForm, ArrivalImportFault> {
  const draft: arrival.ArrivalDraft = {
    entry: reader.parsed('entry', minute),
    lastDay: reader.parsed('last_day', parseDay),
    purpose: reader.choice('purpose', arrival.purposes),
    emergency: reader.choice('emergency', arrival.emergencies),
    country: reader.text('country'),
    lines: reader.list('lines', arrival.maxAddressLines, (line) => (typeof line === 'string' ? line : null)),
    travellers:
      reader.list('travellers', arrival.maxTravellers, (value, path) => readTraveller(value, first, path)) ?? [],
  };
  reader.finish();
  if (first.fault !== null) return refused(first.fault);
  const form = arrival.formOf(draft);
  return form === null ? refused({ code: 'incomplete', missing: arrival.missingIn(draft) }) : done(form);
}

/** JSON of any kind, or undefined if it is none. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Reads a file of arrivalFile. Nothing is taken over from one that is not whole. */
export function readArrivalFile(text: string): Outcome<arrival.ArrivalForm, ArrivalImportFault> {
  if (bytesIn(text) > maxArrivalFileBytes) return refused({ code: 'too-large', max: maxArrivalFileBytes });
  const first = new FirstFault();
  const reader = new ObjectReader(parseJson(text), first);
  if (first.fault !== null || !reader.has('format') || reader.value('format') !== format)
    return refused({ code: 'not-an-arrival-form' });
  if (reader.value('version') !== version) return refused({ code: 'unknown-version' });
  return readForm(reader, first);
}

// ---- the QR code

const compactDay = (text: string) => text.replace(/[-T:]/g, '');

function guardianRow(guardian: arrival.Traveller['guardian']): Json {
  if (guardian === 'none') return 0;
  const relation = arrival.relations.indexOf(guardian.relation);
  if (guardian.kind === 'traveller') return [relation, guardian.traveller];
  const { family, given, document } = guardian;
  return [relation, family, given, documentKinds.indexOf(document.kind), document.number];
}

function travellerRow(traveller: arrival.Traveller): Json {
  const { family, given, citizenship, document } = traveller;
  return [
    family,
    given,
    compactDay(formatDay(traveller.birth)),
    arrival.sexes.indexOf(traveller.sex),
    citizenship,
    documentKinds.indexOf(document.kind),
    document.number,
    traveller.documentExpiry === 'none' ? 0 : compactDay(formatDay(traveller.documentExpiry)),
    arrival.holdings.indexOf(traveller.holds),
    guardianRow(traveller.guardian),
  ];
}

/** The text of one QR code of level M. A group that is too large for it goes into the file, or into two forms. */
export function arrivalQrText(form: arrival.ArrivalForm): Outcome<string, ArrivalQrFault> {
  const rows: Json = [
    format,
    version,
    compactDay(minuteText(form.entry)),
    compactDay(formatDay(form.lastDay)),
    arrival.purposes.indexOf(form.purpose),
    arrival.emergencies.indexOf(form.emergency),
    form.country,
    form.lines,
    form.travellers.map(travellerRow),
  ];
  const text = JSON.stringify(rows);
  const bytes = bytesIn(text);
  return bytes > maxArrivalQrBytes ? refused({ code: 'too-large-for-qr', bytes, max: maxArrivalQrBytes }) : done(text);
}

/** The elements of a list of just this length; of anything else, none, so that each is missing. */
function rowOf(value: unknown, length: number): readonly unknown[] {
  return isList(value) && value.length === length ? value : [];
}

function dayText(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3') : value;
}

function minuteOf(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5') : value;
}

function nameAt(names: readonly string[], place: unknown): unknown {
  return typeof place === 'number' ? names[place] : undefined;
}

function guardianOf(value: unknown): unknown {
  if (value === 0) return null;
  if (isList(value) && value.length === 2) {
    const [relation, traveller] = rowOf(value, 2);
    return { relation: nameAt(arrival.relations, relation), traveller };
  }
  const [relation, family, given, kind, number] = rowOf(value, 5);
  const document = { kind: nameAt(documentKinds, kind), number };
  return { relation: nameAt(arrival.relations, relation), family, given, document };
}

function travellerFrom(value: unknown): unknown {
  const [family, given, birth, sex, citizenship, kind, number, expiry, holds, guardian] = rowOf(value, 10);
  return {
    family,
    given,
    birth: dayText(birth),
    sex: nameAt(arrival.sexes, sex),
    citizenship,
    document: { kind: nameAt(documentKinds, kind), number },
    document_expiry: expiry === 0 ? 'none' : dayText(expiry),
    holds: nameAt(arrival.holdings, holds),
    guardian: guardianOf(guardian),
  };
}

/** Reads a text of arrivalQrText: as the file that it stands for. */
export function readArrivalQrText(text: string): Outcome<arrival.ArrivalForm, ArrivalImportFault> {
  if (bytesIn(text) > maxArrivalQrBytes) return refused({ code: 'too-large', max: maxArrivalQrBytes });
  const rows = parseJson(text);
  if (!isList(rows) || rows[0] !== format) return refused({ code: 'not-an-arrival-form' });
  if (rows[1] !== version) return refused({ code: 'unknown-version' });
  const [, , entry, lastDay, purpose, emergency, country, lines, travellers] = rowOf(rows, 9);
  const content = {
    entry: minuteOf(entry),
    last_day: dayText(lastDay),
    purpose: nameAt(arrival.purposes, purpose),
    emergency: nameAt(arrival.emergencies, emergency),
    country,
    lines,
    travellers: isList(travellers) ? travellers.map(travellerFrom) : travellers,
  };
  const first = new FirstFault();
  return readForm(new ObjectReader(content, first), first);
}
