import { goTo } from '../../app/places';
import type { PageProps } from '../../app/routes';
import { keepDraft } from '../../drafts/drafts';
import { documentKinds } from '../../identity/documents';
import { holdings, sexes } from '../../rules/arrival';
import { t } from '../../text/text';
import { CountryOptions } from '../../ui/country_options';
import { DateField } from '../../ui/date_field';
import { Checkboxes, FaultSummary, FormFrame, Radios, SelectField, TextField } from '../../ui/fields';
import { type Form, useForm } from '../../ui/form';
import { Page } from '../../ui/page';
import { Button, ButtonLink } from '../../ui/pieces';
import { faultsOf } from './arrival_faults';
import { countOf, draftName, fieldOf, isMinor, readArrival, startValues, withoutPerson } from './arrival_values';
import { GuardianFields } from './guardian_fields';
import { Back, OnDevice } from './on_device';
import { ZoneFields } from './zone_fields';

interface Part {
  form: Form;
  name: (field: string) => string;
}

function Identity({ form, name }: Part) {
  return (
    <>
      <TextField form={form} name={name('family')} label={t('arrival.family')} hint={t('arrival.family.hint')} />
      <TextField form={form} name={name('given')} label={t('arrival.given')} hint={t('arrival.given.hint')} />
      <DateField form={form} name={name('birth')} label={t('arrival.birth')} />
      <Radios form={form} name={name('sex')} label={t('arrival.sex')} options={sexes.map((value) => ({ value, label: t(`arrival.sex.${value}`) }))} />
      <SelectField form={form} name={name('citizenship')} label={t('arrival.citizenship')} hint={t('arrival.citizenship.hint')}>
        <CountryOptions open={t('country.choose')} />
      </SelectField>
    </>
  );
}

function Papers({ form, name }: Part) {
  return (
    <>
      <SelectField form={form} name={name('document_kind')} label={t('arrival.document.kind')}>
        {documentKinds.map((kind) => <option key={kind} value={kind}>{t(`arrival.document.kind.${kind}`)}</option>)}
      </SelectField>
      <TextField form={form} name={name('document_number')} label={t('arrival.document.number')} width="medium" capitals />
      {form.value(name('no_expiry')) !== 'yes' && <DateField form={form} name={name('expiry')} label={t('arrival.expiry')} />}
      <Checkboxes form={form} name={name('no_expiry')} label={t('arrival.expiry.none')} options={[{ value: 'yes', label: t('arrival.expiry.none.yes') }]} />
      <SelectField form={form} name={name('holds')} label={t('arrival.holds')}>
        {holdings.map((held) => <option key={held} value={held}>{t(`arrival.holds.${held}`)}</option>)}
      </SelectField>
    </>
  );
}

function asksForGuardian({ values }: Form, person: number): boolean {
  const { draft } = readArrival(values);
  const traveller = draft.travellers[person];
  return traveller !== undefined && isMinor(traveller.birth, draft.entry);
}

function Person({ form, person }: { form: Form; person: number }) {
  const name = (field: string) => fieldOf(person, field);
  const keep = () => {
    const faults = faultsOf(form.values, person);
    if (faults.length > 0) form.fail(faults);
    else goTo('arrival');
  };
  const remove = () => {
    keepDraft(draftName, withoutPerson(form.values, person));
    goTo('arrival', 'replace');
  };
  return (
    <>
      <Back to="arrival">{t('arrival.back')}</Back>
      <FaultSummary form={form} />
      <Page title={t('arrival.person', { number: person + 1 })} faulty={form.faults.length > 0}>
        <OnDevice>{t('arrival.promise')}</OnDevice>
        <ZoneFields person={person} into={form} />
        <FormFrame form={form} onSubmit={keep}>
          <Identity form={form} name={name} />
          <Papers form={form} name={name} />
          {asksForGuardian(form, person) && <GuardianFields form={form} person={person} />}
          <p class="actions"><Button type="submit">{t('arrival.keep')}</Button><ButtonLink second to="arrival">{t('arrival.later')}</ButtonLink></p>
          <p><Button quiet onClick={remove}>{t('arrival.person.remove')}</Button></p>
        </FormFrame>
      </Page>
    </>
  );
}

/** One of those who travel, by their place in the form from 1: an address never has more of them. */
export default function PersonPage({ params }: PageProps) {
  const form = useForm(startValues(), draftName);
  const person = /^\d{1,2}$/.test(params.number ?? '') ? Number(params.number) - 1 : -1;
  if (person >= 0 && person < countOf(form.values)) return <Person form={form} person={person} />;
  return <Page title={t('arrival.person.gone')}><p><ButtonLink to="arrival">{t('arrival.back')}</ButtonLink></p></Page>;
}
