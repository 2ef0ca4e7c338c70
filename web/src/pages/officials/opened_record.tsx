import type { ComponentChildren } from 'preact';
import type { Field } from '../../api/wire';
import { momentInWords } from '../../text/dates';
import { fieldInWords } from '../../text/operations';
import { t } from '../../text/text';
import { AddressText, ButtonLink, DayText, Note, SummaryList } from '../../ui/pieces';
import type { Opening } from './opening';
import type { Opened } from './wire';

type Values = Opened['fields'];

const none = () => <span class="quiet">{t('official.opened.none')}</span>;
const line = (text: string | null | undefined) => (text ? <bdi>{text}</bdi> : none());

function Place({ address }: { address: NonNullable<Values['main_address']> }) {
  return (
    <>
      {address.care_of && <p>{t('official.opened.care-of', { name: address.care_of })}</p>}
      <AddressText address={address} />
    </>
  );
}

function OtherPlaces({ all }: { all: NonNullable<Values['other_addresses']> }) {
  if (all.length === 0) return none();
  return <>{all.map(({ kind, address }, i) => <div key={i} class="other"><p class="kind">{t(`kind.${kind}`)}</p><Place address={address} /></div>)}</>;
}

/** A field of the record; nothing for one that was not opened. */
function valueOf(field: Field, values: Values): ComponentChildren {
  if (!(field in values)) return null;
  if (field === 'family_name' || field === 'given_names') return line(values[field]);
  if (field === 'birth_date' || field === 'main_since') return values[field] ? <DayText day={values[field]} /> : none();
  if (field === 'main_address') return values.main_address ? <Place address={values.main_address} /> : none();
  if (field === 'other_addresses') return <OtherPlaces all={values.other_addresses ?? []} />;
  return values.assurance ? t(`official.assurance.${values.assurance}`) : none();
}

/** What was opened, for this once: no address leads to it, and no paper takes it. */
export function OpenedRecord({ opened, opening }: { opened: Opened; opening: Opening }) {
  const shown = opening.fields.filter((field) => field in opened.fields);
  const withheld = opening.fields.filter((field) => !(field in opened.fields));
  return (
    <>
      <Note good><p><b>{t('official.opened.written')}</b> {t('official.opened.written.what', { at: momentInWords(opened.at) })}</p></Note>
      <section class="card opened" aria-label={t('official.opened')}>
        <SummaryList rows={shown.map((field) => ({ key: field, name: fieldInWords(field), value: valueOf(field, opened.fields) }))} />
      </section>
      <p class="on-paper">{t('official.opened.no-paper')}</p>
      {withheld.length > 0 && <p>{t('official.opened.withheld', { fields: withheld.map(fieldInWords).join(', ') })}</p>}
      <p>{t('official.opened.once')}</p>
      <p class="actions"><ButtonLink to="staff">{t('official.opened.done')}</ButtonLink></p>
    </>
  );
}
