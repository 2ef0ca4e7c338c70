import type { AddressPart } from '../api/wire';
import { formatOf, isFree, linesOf } from '../pages/register/address_format';
import { t } from '../text/text';
import { CountryOptions } from './country_options';
import { SelectField, TextArea, TextField } from './fields';
import type { Form } from './form';
import { Button } from './pieces';

// The fields of an address: those that its country has, or free lines.

const widths: Partial<Record<AddressPart, 'narrow' | 'medium'>> = { house_number: 'narrow', postal_code: 'narrow', unit: 'medium', locality: 'medium' };
const completions: Partial<Record<AddressPart, string>> = { postal_code: 'postal-code', locality: 'address-level2', region: 'address-level1' };

function Parts({ form, parts }: { form: Form; parts: readonly AddressPart[] }) {
  return (
    <div class="parts">
      {parts.map((part) => (
        <TextField
          key={part} form={form} name={part} label={t(`address.${part}`)} width={widths[part] ?? 'full'}
          autocomplete={completions[part] ?? 'off'}
        />
      ))}
    </div>
  );
}

export function AddressFields({ form }: { form: Form }) {
  const country = form.value('country');
  const format = formatOf(country);
  const free = isFree(form.values);
  const freely = () => {
    if (format && !form.value('lines').trim()) form.set('lines', linesOf(format, form.values).join('\n'));
    form.set('free', 'yes');
  };
  return (
    <>
      <SelectField form={form} name="country" label={t('address.country')}><CountryOptions open={t('country.choose')} /></SelectField>
      {country !== '' && free && <TextArea form={form} name="lines" label={t('address.lines')} hint={t('address.lines.hint')} rows={4} />}
      {format && !free && <Parts form={form} parts={format.parts} />}
      {country !== '' && (
        <TextField form={form} name="care_of" label={t('address.care_of')} hint={t('address.care_of.hint')} />
      )}
      {format && !free && <p><Button quiet onClick={freely}>{t('address.freely')}</Button></p>}
      {format && free && <p><Button quiet onClick={() => form.set('free', 'no')}>{t('address.in-parts')}</Button></p>}
    </>
  );
}
