import type { ComponentChildren } from 'preact';
import { postOf } from '../../api/client';
import { acted, type Registration } from '../../api/wire';
import type { PageProps } from '../../app/routes';
import { momentInWords } from '../../text/dates';
import { t } from '../../text/text';
import { FaultSummary } from '../../ui/fields';
import { type Form, useForm } from '../../ui/form';
import { LoadedPage } from '../../ui/loading';
import { Button, Link } from '../../ui/pieces';
import { pathOf, say, useChild } from '../../ui/whom';
import { EndedPlace, PlaceCard } from '../home/place_card';
import { useAct, useRegistration } from './act';

/** Something one can do, with what it means. */
function Choice({ title, children }: { title: ComponentChildren; children: ComponentChildren }) {
  return <li><span class="way">{title}</span><p>{children}</p></li>;
}

function Ways({ registration: { id, kind, assurance }, form }: { registration: Registration; form: Form }) {
  const child = useChild();
  const act = useAct(form);
  const confirm = () => act('confirm', (of, key) => postOf(of, '/api/v1/registrations/{id}/confirm', null, acted, { params: { id }, key }));
  const way = (to: string, words: string) => <Link to={pathOf(child, `registrations/${id}/${to}`)}>{words}</Link>;
  return (
    <section aria-labelledby="ways">
      <h2 id="ways">{say(child, 'registration.ways')}</h2>
      <ul class="plain ways">
        <Choice title={way('move', say(child, 'registration.move'))}>{say(child, 'registration.move.what')}</Choice>
        <Choice title={way('correct', say(child, 'registration.correct'))}>{say(child, 'registration.correct.what')}</Choice>
        <Choice title={<Button quiet busy={form.busy} onClick={confirm}>{say(child, 'registration.confirm')}</Button>}>{say(child, 'registration.confirm.what')}</Choice>
        {kind !== 'main' && <Choice title={way('renew', say(child, 'registration.renew'))}>{say(child, 'registration.renew.what')}</Choice>}
        {kind !== 'main' && <Choice title={way('make-main', say(child, 'registration.make-main'))}>{say(child, 'registration.make-main.what')}</Choice>}
        {assurance === 'declared' && <Choice title={way('letter', say(child, 'registration.letter'))}>{say(child, 'registration.letter.what')}</Choice>}
        <Choice title={way('landlord', say(child, 'registration.landlord'))}>{say(child, 'registration.landlord.what')}</Choice>
        <Choice title={way('end', say(child, 'registration.end'))}>{say(child, 'registration.end.what')}</Choice>
      </ul>
    </section>
  );
}

/** Takes back the last act, while that can be. */
function Undo({ registration: { id, undo_until }, form }: { registration: Registration; form: Form }) {
  const act = useAct(form, { words: { 'too-late': 'undo.too-late' } });
  if (!undo_until) return null;
  const undo = () => act('undo', (of, key) => postOf(of, '/api/v1/registrations/{id}/undo', null, acted, { params: { id }, key }));
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
  const child = useChild();
  const id = params.id ?? '';
  const loaded = useRegistration(id);
  const form = useForm({});
  return (
    <>
      <p class="back">{child ? <Link to={pathOf(child, '')}>{t('register.back')}</Link> : <Link to="home">{t('app.home')}</Link>}</p>
      <FaultSummary form={form} />
      <LoadedPage title={say(child, 'registration.title')} loaded={loaded} faulty={form.faults.length > 0}>
        {(registration) => (
          <>
            {registration.ended ? <div class="card plain"><EndedPlace registration={registration} bare /></div> : <PlaceCard registration={registration} bare />}
            {!registration.ended && <Ways registration={registration} form={form} />}
            <Undo registration={registration} form={form} />
          </>
        )}
      </LoadedPage>
    </>
  );
}
