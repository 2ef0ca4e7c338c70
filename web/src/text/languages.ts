/** Languages of the app, each by its own name, in the order in which they are offered. */
export const languages = {
  en: 'English',
  ru: 'Русский',
  'uz-Latn': 'Oʻzbekcha',
  'uz-Cyrl': 'Ўзбекча',
  tg: 'Тоҷикӣ',
  ky: 'Кыргызча',
  kk: 'Қазақша',
  hy: 'Հայերեն',
  ka: 'ქართული',
  az: 'Azərbaycanca',
  uk: 'Українська',
  ro: 'Română',
  de: 'Deutsch',
} as const;

export type Language = keyof typeof languages;

export function isLanguage(name: string): name is Language {
  return Object.prototype.hasOwnProperty.call(languages, name);
}

/** The language of the app that a list of wishes (BCP 47, as in navigator.languages) comes nearest to. */
export function chooseLanguage(wishes: readonly string[]): Language {
  for (const wish of wishes) {
    if (isLanguage(wish)) return wish;
    const [primary = ''] = wish.toLowerCase().split('-');
    if (primary === 'uz') return /-cyrl/i.test(wish) ? 'uz-Cyrl' : 'uz-Latn';
    if (primary === 'mo') return 'ro';
    if (isLanguage(primary)) return primary;
  }
  return 'en';
}
