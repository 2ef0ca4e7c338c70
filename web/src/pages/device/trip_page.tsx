import { goTo } from '../../app/places';
import { emergencies, purposes } from '../../rules/arrival';
import { t } from '../../text/text';
import { CountryOptions } from '../../ui/country_options';
import { DateField } from '../../ui/date_field';
import { FaultSummary, FormFrame, Radios, SelectField, TextArea, TextField } from '../../ui/fields';
import { useForm } from '../../ui/form';
import { Page } from '../../ui/page';
import { Button, ButtonLink } from '../../ui/pieces';
import { faultsOf } from './arrival_faults';
import { draftName, startValues } from './arrival_values';
import { Back, OnDevice } from './on_device';

/** When somebody enters, why, and where they will stay. */
export default function TripPage() {
  const form = useForm(startValues(), draftName);
  const keep = () => {
    const faults = faultsOf(form.values, null);
    if (faults.length > 0) form.fail(faults);
    else goTo('arrival');
  };
  return (
    <>
      <Back to="arrival">{t('arrival.back')}</Back>
      <FaultSummary form={form} />
      <Page title={t('arrival.trip.title')} faulty={form.faults.length > 0}>
        <OnDevice>{t('arrival.promise')}</OnDevice>
        <FormFrame form={form} onSubmit={keep}>
          <DateField form={form} name="entry" label={t('arrival.entry')} hint={t('deadline.event.hint')} />
          <TextField form={form} name="time" label={t('arrival.time')} hint={t('arrival.time.hint')} width="narrow" />
          <DateField form={form} name="last_day" label={t('arrival.last-day')} />
          <SelectField form={form} name="purpose" label={t('arrival.purpose')}>
            <option value="">{t('arrival.purpose.choose')}</option>
            {purposes.map((purpose) => <option key={purpose} value={purpose}>{t(`arrival.purpose.${purpose}`)}</option>)}
          </SelectField>
          <Radios
            form={form} name="emergency" label={t('arrival.emergency')} hint={t('arrival.by.emergency')}
            options={emergencies.map((value) => ({ value, label: t(`arrival.emergency.${value}`) }))}
          />
          <SelectField form={form} name="country" label={t('arrival.country')}><CountryOptions open={t('country.choose')} /></SelectField>
          <TextArea form={form} name="lines" label={t('arrival.lines')} hint={t('arrival.lines.hint')} rows={4} />
          <p class="actions"><Button type="submit">{t('arrival.keep')}</Button><ButtonLink second to="arrival">{t('arrival.later')}</ButtonLink></p>
        </FormFrame>
      </Page>
    </>
  );
}
