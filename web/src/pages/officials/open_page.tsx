import { useEffect } from 'preact/hooks';
import { get } from '../../api/client';
import { goTo, place } from '../../app/places';
import { fieldInWords } from '../../text/operations';
import { t } from '../../text/text';
import { Checkboxes, FormFrame, SelectField, TextField } from '../../ui/fields';
import { type Form, useForm } from '../../ui/form';
import { LoadedContent, useLoaded } from '../../ui/loading';
import { Button, Details, SummaryList } from '../../ui/pieces';
import { OfficialsPage } from './frame';
import { allowedFor, forgetTyped, keepTyped, nothingTyped, readOpening, takeTyped } from './opening';
import { type Purpose, purposes } from './wire';

export const askPurposes = () => get('/api/v1/purposes', purposes, { gated: false });

/** What is typed stays while one goes between the form and its check, and no longer. */
export function useTypedForAWhile(): void {
  useEffect(
    () => () => {
      if (!place.get().path.startsWith('staff/open')) forgetTyped();
    },
    [],
  );
}

function WhatPurposesAllow({ all }: { all: readonly Purpose[] }) {
  return (
    <Details summary={t('official.purposes')}>
      <SummaryList rows={all.map(({ id, fields }) => ({ key: id, name: t(`official.purpose.${id}`), value: fields.map(fieldInWords).join(', ') }))} />
    </Details>
  );
}

function OpeningForm({ form, all }: { form: Form; all: readonly Purpose[] }) {
  const allowed = allowedFor(all, form.value('purpose'));
  const next = () => {
    const opening = readOpening(form.values, all);
    if (Array.isArray(opening)) return form.fail(opening);
    keepTyped(form.values);
    goTo('staff/open/check');
  };
  return (
    <FormFrame form={form} onSubmit={next}>
      <TextField form={form} name="code" label={t('official.code')} hint={t('official.code.hint')} width="medium" capitals />
      <SelectField form={form} name="purpose" label={t('official.purpose')}>
        <option value="">{t('official.purpose.choose')}</option>
        {all.map(({ id }) => <option key={id} value={id}>{t(`official.purpose.${id}`)}</option>)}
      </SelectField>
      <WhatPurposesAllow all={all} />
      <TextField form={form} name="reference" label={t('official.reference')} hint={t('official.reference.hint')} width="medium" />
      {allowed.length === 0 ? <p class="hint">{t('official.fields.later')}</p> : (
        <Checkboxes
          form={form} name="fields" label={t('official.fields')} hint={t('official.fields.hint')}
          options={allowed.map((value) => ({ value, label: fieldInWords(value) }))}
        />
      )}
      <p class="actions"><Button type="submit">{t('official.next')}</Button></p>
    </FormFrame>
  );
}

/** One record, by its holder's code: what for, and which fields. */
export default function OpenPage() {
  const form = useForm({ ...nothingTyped, ...takeTyped() });
  const loaded = useLoaded(askPurposes);
  useTypedForAWhile();
  return (
    <OfficialsPage title={t('official.open.title')} at="staff/open" form={form}>
      {() => (
        <>
          <p class="lead">{t('official.open.lead')}</p>
          <LoadedContent loaded={loaded} words={t('official.loading')}>{({ purposes: all }) => <OpeningForm form={form} all={all} />}</LoadedContent>
        </>
      )}
    </OfficialsPage>
  );
}
