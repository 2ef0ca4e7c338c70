import { IntlMessageFormat } from 'intl-messageformat';
import type { ComponentChildren } from 'preact';
import { parsed, text } from '../base/decode';
import { makeStore } from '../base/store';
import { keep, kept } from '../drafts/storage';
import type catalog from '../../../catalogs/web/en.json';
import type areas from './areas.json';
import { chooseLanguage, isLanguage, type Language } from './languages';
import { pluralForm } from './plurals';

export type MessageId = keyof (typeof catalog)['messages'];
export type Area = keyof typeof areas;
/** A message as the build left it: a plain text, or the elements of one with placeholders. */
type Compiled = ConstructorParameters<typeof IntlMessageFormat>[0];
type Messages = Record<string, Compiled>;
type Values = Readonly<Record<string, string | number>>;
type RichValues = Record<string, ComponentChildren | ((content: ComponentChildren[]) => ComponentChildren)>;

const catalogs = import.meta.glob<Messages>('../../../catalogs/web/*.json', { import: 'default', query: '?area=frame' });
const residentCatalogs = import.meta.glob<Messages>('../../../catalogs/web/*.json', { import: 'default', query: '?area=resident' });
const publicCatalogs = import.meta.glob<Messages>('../../../catalogs/web/*.json', { import: 'default', query: '?area=public' });
const tickCatalogs = import.meta.glob<Messages>('../../../catalogs/web/*.json', { import: 'default', query: '?area=tick' });
const officialCatalogs = import.meta.glob<Messages>('../../../catalogs/web/*.json', { import: 'default', query: '?area=official' });
const deviceCatalogs = import.meta.glob<Messages>('../../../catalogs/web/*.json', { import: 'default', query: '?area=device' });
const proofsCatalogs = import.meta.glob<Messages>('../../../catalogs/web/*.json', { import: 'default', query: '?area=proofs' });
const scanCatalogs = import.meta.glob<Messages>('../../../catalogs/web/*.json', { import: 'default', query: '?area=scan' });
const deskCatalogs = import.meta.glob<Messages>('../../../catalogs/web/*.json', { import: 'default', query: '?area=desk' });
const sources: Record<Area, typeof catalogs> = {
  frame: catalogs,
  public: publicCatalogs,
  resident: residentCatalogs,
  tick: tickCatalogs,
  proofs: proofsCatalogs,
  scan: scanCatalogs,
  desk: deskCatalogs,
  official: officialCatalogs,
  device: deviceCatalogs,
};

/** The language that is shown; its messages are there. */
export const language = makeStore<Language>('en');

let messages: Messages = {};
let formats = new Map<string, IntlMessageFormat>();
const loadedAreas = new Set<Area>();

async function load(area: Area, chosen: Language): Promise<Messages> {
  const source = sources[area][`../../../catalogs/web/${chosen}.json`] ?? sources[area]['../../../catalogs/web/en.json'];
  return source ? source() : {};
}

/** Messages of one more area, in the language that is shown. */
export async function loadArea(area: Area): Promise<void> {
  await started;
  if (loadedAreas.has(area)) return;
  const shown = language.get();
  const more = await load(area, shown);
  if (language.get() !== shown) return loadArea(area); // another one was chosen meanwhile
  loadedAreas.add(area);
  messages = { ...messages, ...more };
}

/** Shows another language from now on, and remembers it on this device. Nothing changes if it cannot be loaded. */
export async function setLanguage(chosen: Language): Promise<void> {
  const parts = await Promise.all(Array.from(loadedAreas, (area) => load(area, chosen)));
  messages = Object.assign({}, ...parts);
  formats = new Map();
  keep('language', chosen);
  document.documentElement.lang = chosen;
  language.set(chosen);
}

let started: Promise<void> = Promise.resolve();

/** The language that was chosen here before, else the one that the device asks for; with the messages of the frame. */
export function startText(): Promise<void> {
  started = start();
  return started;
}

async function start(): Promise<void> {
  const found = kept('language');
  const remembered = found === null ? null : parsed(text, found);
  const chosen = remembered && isLanguage(remembered) ? remembered : chooseLanguage(navigator.languages);
  messages = await load('frame', chosen);
  loadedAreas.add('frame');
  document.documentElement.lang = chosen;
  language.set(chosen);
}

const formatters = {
  // Catalogs have plain whole numbers and no dates: those come in words (dates.ts).
  getNumberFormat: (locales?: string | string[]) => new Intl.NumberFormat(locales),
  getDateTimeFormat: (locales?: string | string[]) => new Intl.DateTimeFormat(locales),
  getPluralRules: () => ({ select: (n: number) => pluralForm(language.get(), n) }) as Intl.PluralRules,
};

function formatOf(id: MessageId): IntlMessageFormat {
  const made = formats.get(id) ?? new IntlMessageFormat(messages[id] ?? id, language.get(), undefined, { formatters });
  formats.set(id, made);
  return made;
}

/** A message in the language that is shown. A placeholder without its value throws. */
export function t(id: MessageId, values?: Values): string {
  const plain = messages[id];
  if (typeof plain === 'string') return plain;
  return String(formatOf(id).format(values));
}

function isThere(id: string): id is MessageId {
  return Object.prototype.hasOwnProperty.call(messages, id);
}

/** The name of the message for a child, where it differs from the one for oneself. */
function idOf(name: string | null, id: MessageId): MessageId {
  const ofChild = `child.${id}`;
  return name !== null && isThere(ofChild) ? ofChild : id;
}

/** A message to somebody about themselves, or about the child of this name: `child.` and its own name, if there is one. */
export function tOf(name: string | null, id: MessageId, values?: Values): string {
  return t(idOf(name, id), name === null ? values : { ...values, name });
}

/** The same with parts that are elements. */
export function richOf(name: string | null, id: MessageId, values: RichValues): ComponentChildren {
  return rich(idOf(name, id), name === null ? values : { ...values, name });
}

/** A message with parts that are elements: `<link>…</link>` in it is made by the function of that name. */
export function rich(id: MessageId, values: RichValues): ComponentChildren {
  return formatOf(id).format<ComponentChildren>(values);
}
