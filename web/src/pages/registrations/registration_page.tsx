import type { ComponentChildren } from 'preact';
import { post } from '../../api/client';
import { acted, type Registration } from '../../api/wire';
import type { PageProps } from '../../app/routes';
import { momentInWords } from '../../text/dates';
import { t } from '../../text/text';
import { FaultSummary } from '../../ui/fields';
import { type Form, useForm } from '../../ui/form';
import { LoadedPage } from '../../ui/loading';
import { Button, Link } from '../../ui/pieces';
import { EndedPlace, PlaceCard } from '../home/place_card';
import { useAct, useRegistration } from './act';

/** Something one can do, with what it means. */
function Choice({ title, children }: { title: ComponentChildren; children: ComponentChildren }) {
  return <li><span class="way">{title}</span><p>{children}</p></li>;
}

function Ways({ registration: { id, kind, assurance }, form }: { registration: Registration; form: Form }) {
  const act = useAct(form);
  const confirm = () => act('confirm', (key) => post('/api/v1/registrations/{id}/confirm', null, acted, { params: { id }, key }));
  const way = (to: string, words: string) => <Link to={`registrations/${id}/${to}`}>{words}</Link>;
  return (
    <section aria-labelledby="ways">
      <h2 id="ways">{t('registration.ways')}</h2>
      <ul class="plain ways">
        <Choice title={way('move', t('registration.move'))}>{t('registration.move.what')}</Choice>
        <Choice title={way('correct', t('registration.correct'))}>{t('registration.correct.what')}</Choice>
        <Choice title={<Button quiet busy={form.busy} onClick={confirm}>{t('registration.confirm')}</Button>}>{t('registration.confirm.what')}</Choice>
        {kind !== 'main' && <Choice title={way('renew', t('registration.renew'))}>{t('registration.renew.what')}</Choice>}
        {kind !== 'main' && <Choice title={way('make-main', t('registration.make-main'))}>{t('registration.make-main.what')}</Choice>}
        {assurance === 'declared' && <Choice title={way('letter', t('registration.letter'))}>{t('registration.letter.what')}</Choice>}
        <Choice title={way('landlord', t('registration.landlord'))}>{t('registration.landlord.what')}</Choice>
        <Choice title={way('end', t('registration.end'))}>{t('registration.end.what')}</Choice>
      </ul>
    </section>
  );
}

/** Takes back the last act, while that can be. */
function Undo({ registration: { id, undo_until }, form }: { registration: Registration; form: Form }) {
  const act = useAct(form, { words: { 'too-late': 'undo.too-late' } });
  if (!undo_until) return null;
  const undo = () => act('undo', (key) => post('/api/v1/registrations/{id}/undo', null, acted, { params: { id }, key }));
  return (
    <section aria-labelledby="undo">
      <h2 id="undo">{t('undo.title')}</h2>
      <p>{t('undo.what', { until: momentInWords(undo_until) })}</p>
      <p class="actions"><Button second busy={form.busy} onClick={undo}>{t('undo.button')}</Button></p>
    </section>
  );
}

/** One registration, and all that its holder can do with it. */
export default function RegistrationPage({ params }: PageProps) {
  const id = params.id ?? '';
  const loaded = useRegistration(id);
  const form = useForm({});
  return (
    <>
      <p class="back"><Link to="home">{t('app.home')}</Link></p>
      <FaultSummary form={form} />
      <LoadedPage title={t('registration.title')} loaded={loaded}>
        {(registration) => (
          <>
            {registration.ended ? <div class="card plain"><EndedPlace registration={registration} /></div> : <PlaceCard registration={registration} bare />}
            {!registration.ended && <Ways registration={registration} form={form} />}
            <Undo registration={registration} form={form} />
          </>
        )}
      </LoadedPage>
    </>
  );
}
