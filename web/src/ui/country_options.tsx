import { nearCountriesByName, otherCountries } from '../text/countries';
import { t } from '../text/text';

/** The options of a choice of countries; `open` stands for none of them. */
export function CountryOptions({ open }: { open: string }) {
  const option = ({ code, name }: { code: string; name: string }) => <option key={code} value={code}>{name}</option>;
  return (
    <>
      <option value="">{open}</option>
      <optgroup label={t('country.near')}>{nearCountriesByName().map(option)}</optgroup>
      <optgroup label={t('country.others')}>{otherCountries().map(option)}</optgroup>
    </>
  );
}
