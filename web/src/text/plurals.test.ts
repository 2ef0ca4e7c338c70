import { describe, expect, it } from 'vitest';
import { chooseLanguage, isLanguage, languages } from './languages';
import { pluralForm } from './plurals';

describe('plural forms', () => {
  const known = Object.keys(languages).filter(isLanguage);

  it('are those of CLDR, where this machine has them', () => {
    const held = known.filter((language) => Intl.PluralRules.supportedLocalesOf([language]).length === 1);
    expect(held.length).toBeGreaterThan(10);
    for (const language of held) {
      const rules = new Intl.PluralRules(language);
      for (let n = 0; n <= 220; ++n) expect([language, n, pluralForm(language, n)]).toEqual([language, n, rules.select(n)]);
    }
  });

  it('are there for Tajik, which CLDR lacks', () => {
    expect([0, 1, 2, 21].map((n) => pluralForm('tg', n))).toEqual(['other', 'one', 'other', 'other']);
  });
});

describe('the language of a device', () => {
  it('is the first wish that the app has', () => {
    expect(chooseLanguage(['fr-FR', 'hy-AM', 'ru'])).toBe('hy');
    expect(chooseLanguage(['uz-Cyrl-UZ'])).toBe('uz-Cyrl');
    expect(chooseLanguage(['uz'])).toBe('uz-Latn');
    expect(chooseLanguage(['mo'])).toBe('ro');
    expect(chooseLanguage(['fr'])).toBe('en');
    expect(chooseLanguage(['constructor'])).toBe('en');
  });
});
