import { documentKinds } from '../../identity/documents';
import { relations } from '../../rules/arrival';
import { t } from '../../text/text';
import { Radios, SelectField, TextField } from '../../ui/fields';
import type { Form } from '../../ui/form';
import { countOf, fieldOf } from './arrival_values';
import { nameOf } from './person_name';

/** Who files for a child of 6 to 17. */
export function GuardianFields({ form, person }: { form: Form; person: number }) {
  const name = (field: string) => fieldOf(person, field);
  const others = Array.from({ length: countOf(form.values) }, (_, other) => other).filter((other) => other !== person);
  const options = [
    ...others.map((other) => ({ value: `traveller-${other}`, label: nameOf(form.values, other) })),
    { value: 'own-form', label: t('arrival.guardian.own-form') },
  ];
  const who = form.value(name('guardian'));
  return (
    <>
      <Radios form={form} name={name('guardian')} label={t('arrival.guardian')} hint={t('arrival.guardian.what')} options={options} />
      {who !== '' && (
        <SelectField form={form} name={name('relation')} label={t('arrival.guardian.relation')}>
          {relations.map((relation) => <option key={relation} value={relation}>{t(`arrival.guardian.relation.${relation}`)}</option>)}
        </SelectField>
      )}
      {who === 'own-form' && (
        <>
          <TextField form={form} name={name('guardian_family')} label={t('arrival.guardian.family')} />
          <TextField form={form} name={name('guardian_given')} label={t('arrival.guardian.given')} />
          <SelectField form={form} name={name('guardian_kind')} label={t('arrival.guardian.kind')}>
            {documentKinds.map((kind) => <option key={kind} value={kind}>{t(`arrival.document.kind.${kind}`)}</option>)}
          </SelectField>
          <TextField form={form} name={name('guardian_number')} label={t('arrival.guardian.number')} width="medium" capitals />
        </>
      )}
    </>
  );
}
