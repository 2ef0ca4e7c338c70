import { post } from '../../api/client';
import type { Me, Rectification } from '../../api/wire';
import { receipt as oneReceipt, rectifiableFields } from '../../api/wire';
import { showReceipt } from '../../app/receipts';
import { record } from '../../base/decode';
import { dayInWords, momentInWords } from '../../text/dates';
import { fieldInWords } from '../../text/operations';
import { rich, t } from '../../text/text';
import { DateField } from '../../ui/date_field';
import { useDoing } from '../../ui/doing';
import { FormFrame, Radios, TextField } from '../../ui/fields';
import type { Form } from '../../ui/form';
import { Button, Link, Unseen } from '../../ui/pieces';
import { type CorrectedField, fieldIn, readWish } from './correction_wish';

/** The register takes no more at a time. */
const max_requests = 5;
const answer = record({ receipt: oneReceipt });

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text);
const inWords = ({ field, wanted }: Rectification) => (field === 'birth_date' && isDay(wanted) ? dayInWords(wanted) : wanted);

/** What stands in the record now. */
function present(person: Me['person'], field: CorrectedField): string {
  const found = person?.[field];
  if (!found) return t('rights.correct.now.nothing');
  return t('rights.correct.now', { value: field === 'birth_date' ? dayInWords(found) : found });
}

function OpenRequest({ request, form }: { request: Rectification; form: Form }) {
  const doing = useDoing(form, { words: { 'not-found': 'rights.correct.gone' } });
  const { entry } = request;
  const withdraw = () => doing(['withdraw', entry], (key) => post('/api/v1/rectification-requests/{entry}/withdraw', null, answer, { params: { entry }, key }), showReceipt);
  return (
    <li class="card">
      <h3>{fieldInWords(request.field)}: <bdi>{inWords(request)}</bdi></h3>
      <p><bdi>{request.reason}</bdi></p>
      <p class="hint">{t('rights.correct.asked', { at: momentInWords(request.filed_at) })}</p>
      <p class="foot">
        <Link to={`receipts/${entry}`}>{t('history.receipt')}<Unseen> {t('history.entry', { number: entry })}</Unseen></Link>
        <Button quiet busy={form.busy} onClick={withdraw}>{t('rights.correct.withdraw')}<Unseen> {inWords(request)}</Unseen></Button>
      </p>
    </li>
  );
}

function Ask({ person, form }: { person: Me['person']; form: Form }) {
  const doing = useDoing(form, { fields: { field: 'field', wanted: fieldIn(form.values) === 'birth_date' ? 'birth' : 'wanted', reason: 'reason' }, words: { conflict: 'rights.changed' } });
  const ask = () => {
    const wish = readWish(form.values);
    if (Array.isArray(wish)) return form.fail(wish);
    doing(wish, (key) => post('/api/v1/rectification-requests', wish, answer, { key }), showReceipt);
  };
  return (
    <FormFrame form={form} onSubmit={ask}>
      <Radios
        form={form} name="field" label={t('rights.correct.field')}
        options={rectifiableFields.map((field) => ({ value: field, label: fieldInWords(field), hint: present(person, field) }))}
      />
      {fieldIn(form.values) === 'birth_date'
        ? <DateField form={form} name="birth" label={t('rights.correct.wanted')} hint={t('register.since.hint')} />
        : <TextField form={form} name="wanted" label={t('rights.correct.wanted')} hint={t('rights.correct.wanted.hint')} />}
      <TextField form={form} name="reason" label={t('rights.correct.reason')} hint={t('rights.correct.reason.hint')} />
      <p class="actions"><Button type="submit" busy={form.busy}>{t('rights.correct.button')}</Button></p>
    </FormFrame>
  );
}

/** Asking for a correction of what one cannot correct by oneself, and what was asked for so far; `acts` is the form of all but asking. */
export function Correction({ me: { person, rectification_requests: open, erasure }, form, acts }: { me: Me; form: Form; acts: Form }) {
  return (
    <section aria-labelledby="correct">
      <h2 id="correct">{t('rights.correct')}</h2>
      <p>{rich('rights.correct.what', { link: (words) => <Link to="home">{words}</Link> })}</p>
      {open.length > 0 && (
        <>
          <ul class="cards">{open.map((request) => <OpenRequest key={request.entry} request={request} form={acts} />)}</ul>
          <p class="note">{t('rights.correct.outlook')}</p>
        </>
      )}
      {erasure ? <p>{t('rights.correct.not-now')}</p> : open.length >= max_requests ? <p>{t('rights.correct.full')}</p> : <Ask person={person} form={form} />}
    </section>
  );
}
