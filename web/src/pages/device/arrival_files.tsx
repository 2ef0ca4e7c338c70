import { useRef } from 'preact/hooks';
import { goTo } from '../../app/places';
import { keepDraft, readDraft, registerDraft } from '../../drafts/drafts';
import type { ArrivalDraft } from '../../rules/arrival';
import { maxArrivalFileBytes, readArrivalFile } from '../../slips/arrival_file';
import { t } from '../../text/text';
import { FaultSummary, FormFrame } from '../../ui/fields';
import { FileField } from '../../ui/file_field';
import { type Fault, useForm } from '../../ui/form';
import { Button, Details } from '../../ui/pieces';
import { faultOfImport } from './arrival_faults';
import { news } from './arrival_news';
import { draftName, valuesOf } from './arrival_values';

/** Reads a file on this device into the draft; what kept it from that otherwise. */
async function takeOver(file: File | null): Promise<Fault | null> {
  if (!file) return { field: 'file', id: 'arrival.file.missing' };
  if (file.size > maxArrivalFileBytes) return { field: 'file', id: 'arrival.file.too-large' };
  const text = await file.text().catch(() => null);
  if (text === null) return { field: 'file', id: 'arrival.file.unread' };
  const form = readArrivalFile(text);
  if (!form.ok) return faultOfImport(form.why);
  keepDraft(draftName, valuesOf(form.value));
  return null;
}

/** A form that was kept as a file takes the place of this one. */
export function OpenFile() {
  const form = useForm({});
  const file = useRef<File | null>(null);
  const open = () => form.submit(async () => {
    const fault = await takeOver(file.current);
    if (fault) return form.fail([fault]);
    news.set('arrival.file.taken');
    goTo('arrival', 'replace');
  });
  return (
    <Details summary={t('arrival.file')}>
      <p>{t('arrival.file.what')}</p>
      <FaultSummary form={form} />
      <FormFrame form={form} onSubmit={open}>
        <FileField form={form} name="file" label={t('arrival.file.choose')} accept=".json,application/json" onChosen={(chosen) => { file.current = chosen; }} />
        <p class="actions"><Button second type="submit" busy={form.busy}>{t('arrival.file.open')}</Button></p>
      </FormFrame>
    </Details>
  );
}

/** The address goes into the draft of a registration, and nothing else does. */
async function register(country: string, lines: readonly string[]): Promise<void> {
  const [registration, { emptyAddress }] = await Promise.all([import('../register/draft'), import('../register/address_format')]);
  const before = { ...registration.startValues(), ...readDraft(registerDraft(null)) };
  keepDraft(registerDraft(null), { ...before, ...emptyAddress, country, free: 'yes', lines: lines.join('\n') });
  goTo('register');
}

/** From the form to a registration. */
export function AfterArrival({ draft: { country, lines } }: { draft: ArrivalDraft }) {
  const form = useForm({});
  if (country === null || lines === null) return null;
  const go = () => form.submit(() => register(country, lines).catch(() => form.fail([{ field: null, id: 'problem.offline' }])));
  return (
    <section aria-labelledby="after">
      <h2 id="after">{t('arrival.register')}</h2>
      <p>{t('arrival.register.what')}</p>
      <FaultSummary form={form} />
      <p class="actions"><Button second busy={form.busy} onClick={go}>{t('arrival.register.button')}</Button></p>
    </section>
  );
}
