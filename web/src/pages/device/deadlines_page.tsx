import { useEffect, useState } from 'preact/hooks';
import { dayAt } from '../../base/days';
import { t } from '../../text/text';
import { CountryOptions } from '../../ui/country_options';
import { DateField } from '../../ui/date_field';
import { dayValues } from '../../ui/day_values';
import { FaultSummary, FormFrame, SelectField } from '../../ui/fields';
import { useForm } from '../../ui/form';
import { Page } from '../../ui/page';
import { Button } from '../../ui/pieces';
import { DeadlineAnswer } from './deadline_answer';
import { eventInWords } from './deadline_words';
import { asksForCitizenship, countDays, type Counted, loadPlaces, type Place } from './deadlines';
import { Back, OnDevice } from './on_device';

/** Tables and calendars: null until they are there, empty if they could not be had. */
function usePlaces(): readonly Place[] | null {
  const [places, show] = useState<readonly Place[] | null>(null);
  useEffect(() => {
    void loadPlaces().then(show, () => show([]));
  }, []);
  return places;
}

/** By when to register: counted here, kept nowhere. */
export default function DeadlinesPage() {
  const places = usePlaces();
  const form = useForm({ place: '', citizenship: '', ...dayValues('day', dayAt(new Date())) });
  const [shown, show] = useState<{ of: unknown; counted: Counted } | null>(null);
  const table = places?.find((place) => place.table.name === form.value('place'))?.table;
  const count = () => {
    const counted = countDays(places ?? [], form.values);
    form.fail(Array.isArray(counted) ? counted : []);
    show(Array.isArray(counted) ? null : { of: form.values, counted });
  };
  return (
    <>
      <Back to="helpers">{t('helpers.back')}</Back>
      <FaultSummary form={form} />
      <Page title={t('deadline.title')} faulty={form.faults.length > 0}>
        <p class="lead">{t('deadline.lead')}</p>
        <OnDevice>{t('deadline.promise')}</OnDevice>
        {places?.length === 0 && (
          <div class="summary" role="alert"><p>{t('deadline.not-loaded')}</p><p class="actions"><Button second onClick={() => location.reload()}>{t('app.try-again')}</Button></p></div>
        )}
        <FormFrame form={form} onSubmit={count}>
          <SelectField form={form} name="place" label={t('deadline.place')} hint={t('deadline.place.hint')}>
            <option value="">{t('deadline.place.choose')}</option>
            {places?.map(({ table: { name, title } }) => <option key={name} value={name} lang="en">{title}</option>)}
          </SelectField>
          <DateField form={form} name="day" label={table ? eventInWords(table) : t('deadline.event.other')} hint={t('deadline.event.hint')} />
          {table && asksForCitizenship(table) && (
            <SelectField form={form} name="citizenship" label={t('deadline.citizenship')} hint={t('deadline.citizenship.hint')}>
              <CountryOptions open={t('deadline.citizenship.open')} />
            </SelectField>
          )}
          <p class="actions"><Button type="submit">{t('deadline.count')}</Button></p>
        </FormFrame>
        {shown !== null && shown.of === form.values && <DeadlineAnswer counted={shown.counted} />}
      </Page>
    </>
  );
}
