import type { Language } from './languages';

// Plural rules for whole numbers, as CLDR has them; Tajik, which it lacks, goes by those of Uzbek. Our own, because many
// browsers bring none for most of these languages and take English ones without saying so.

type Rule = (n: number) => Intl.LDMLPluralRule;

const oneOrOther: Rule = (n) => (n === 1 ? 'one' : 'other');

const eastSlavic: Rule = (n) => {
  const [last, lastTwo] = [n % 10, n % 100];
  if (last === 1 && lastTwo !== 11) return 'one';
  if (last >= 2 && last <= 4 && (lastTwo < 12 || lastTwo > 14)) return 'few';
  return 'many';
};

const romanian: Rule = (n) => {
  if (n === 1) return 'one';
  return n === 0 || (n % 100 >= 1 && n % 100 <= 19) ? 'few' : 'other';
};

const armenian: Rule = (n) => (n === 0 || n === 1 ? 'one' : 'other');

const rules: Record<Language, Rule> = {
  en: oneOrOther,
  ru: eastSlavic,
  'uz-Latn': oneOrOther,
  'uz-Cyrl': oneOrOther,
  tg: oneOrOther,
  ky: oneOrOther,
  kk: oneOrOther,
  hy: armenian,
  ka: oneOrOther,
  az: oneOrOther,
  uk: eastSlavic,
  ro: romanian,
  de: oneOrOther,
};

/** The form of a word beside `n`, a whole number from 0. */
export function pluralForm(language: Language, n: number): Intl.LDMLPluralRule {
  return rules[language](n);
}
