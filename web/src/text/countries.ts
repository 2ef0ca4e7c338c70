import { language, type MessageId, t } from './text';

// Names of countries: the nearest ones are messages of our own; the others are the browser's, where it knows them in the
// chosen language, else English.

const codes =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'.split(' ');

const nearCountries = ['AM', 'AZ', 'BY', 'DE', 'GE', 'KG', 'KZ', 'MD', 'RO', 'RU', 'TJ', 'TM', 'UA', 'UZ'] as const;
type Near = (typeof nearCountries)[number];

function isNear(code: string): code is Near {
  return (nearCountries as readonly string[]).includes(code);
}

function names(locale: string): Intl.DisplayNames | null {
  try {
    return typeof Intl.DisplayNames === 'function' ? new Intl.DisplayNames([locale, 'en'], { type: 'region' }) : null;
  } catch {
    return null;
  }
}

function browserName(code: string, of: Intl.DisplayNames | null, english: Intl.DisplayNames | null): string {
  try {
    const name = of?.of(code);
    return name && name !== code ? name : (english?.of(code) ?? code);
  } catch {
    return code;
  }
}

/** In the language that is shown; the code itself, where nobody knows a name for it. */
export function countryName(code: string): string {
  if (isNear(code)) return t(`country.${code}` satisfies MessageId);
  return browserName(code, names(language.get()), names('en'));
}

export interface Country {
  code: string;
  name: string;
}

/** All countries but the near ones, by their names. */
export function otherCountries(): Country[] {
  const [own, english] = [names(language.get()), names('en')];
  const all = codes.filter((code) => !isNear(code)).map((code) => ({ code, name: browserName(code, own, english) }));
  return all.sort((a, b) => a.name.localeCompare(b.name, language.get()));
}

export function nearCountriesByName(): Country[] {
  return nearCountries.map((code) => ({ code, name: countryName(code) })).sort((a, b) => a.name.localeCompare(b.name, language.get()));
}

export function isCountry(code: string): boolean {
  return codes.includes(code);
}
