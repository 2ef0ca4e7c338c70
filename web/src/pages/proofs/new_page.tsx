import { useEffect, useState } from 'preact/hooks';
import { type Answer, freshKey, get, post } from '../../api/client';
import { issuedProofs, me, type Offer, proofFields, type Registration, walletOffer } from '../../api/wire';
import { goTo } from '../../app/places';
import { bindProof, makeHolderKey, type ProofStore } from '../../credential';
import { language, t } from '../../text/text';
import { fieldInWords } from '../../text/operations';
import { languages } from '../../text/languages';
import { useDoing } from '../../ui/doing';
import { Checkboxes, FaultSummary, FormFrame, Radios, SelectField } from '../../ui/fields';
import { type Form, useForm } from '../../ui/form';
import { LoadedPage, useLoaded } from '../../ui/loading';
import { Button, ButtonLink, Link } from '../../ui/pieces';
import { workingStore } from './kept';
import { OfferSheet } from './offer';
import { PaperSheet } from './paper';
import { daysOf, emptyWish, type Life, lives, places, readWish, type Wish } from './wish';

type Result = { kind: 'offer'; offer: Offer } | { kind: 'paper'; pdf: string; entry: number; number: string | null };

function Where({ form, registrations }: { form: Form; registrations: readonly Registration[] }) {
  if (registrations.length < 2) return null;
  return (
    <SelectField form={form} name="registration" label={t('proof.of')}>
      {registrations.map(({ id, kind, address }) => <option key={id} value={id}>{`${t(`kind.${kind}`)}: ${address.lines.join(', ')}`}</option>)}
    </SelectField>
  );
}

function HowLong({ form }: { form: Form }) {
  const life: Life = form.value('life') === 'lasting' ? 'lasting' : 'fresh';
  return (
    <>
      <Radios form={form} name="life" label={t('proof.life')} options={lives.map((value) => ({ value, label: t(`proof.life.${value}.name`), hint: t(`proof.life.${value}.what`) }))} />
      <SelectField form={form} name="days" label={t('proof.days')}>
        {daysOf[life].map((days) => <option key={days} value={days}>{t('proof.days.some', { days: Number(days) })}</option>)}
        <option value="">{t(`proof.days.longest.${life}`)}</option>
      </SelectField>
    </>
  );
}

function Wished({ form, registrations }: { form: Form; registrations: readonly Registration[] }) {
  const place = form.value('place');
  return (
    <>
      <Where form={form} registrations={registrations} />
      <Radios form={form} name="place" label={t('proof.place')} options={places.map((value) => ({ value, label: t(`proof.place.${value}`), hint: t(`proof.place.${value}.what`) }))} />
      {place !== 'wallet' && (
        <Checkboxes
          form={form} name="fields" label={t('proof.fields')} hint={t(place === 'paper' ? 'proof.fields.hint' : 'proof.fields.hint.browser')}
          options={proofFields.map((value) => ({ value, label: fieldInWords(value) }))}
        />
      )}
      <HowLong form={form} />
      {place === 'paper' && (
        <SelectField form={form} name="language" label={t('proof.language')} hint={t('proof.language.hint')}>
          <option value="">{t('proof.language.none')}</option>
          {Object.entries(languages).map(([code, name]) => <option key={code} value={code} lang={code}>{name}</option>)}
        </SelectField>
      )}
    </>
  );
}

/** The key is made here and stays here: the register gets its public half. */
async function makeKept(wish: Wish, key: string, store: ProofStore): Promise<Answer<string>> {
  const holder = await makeHolderKey();
  const { registration, life, days, fields } = wish;
  const body = { registration, life, fields, holder_keys: [holder.jwk], ...(days === undefined ? {} : { days }) };
  const came = await post('/api/v1/proofs', body, issuedProofs, { key });
  if (!came.ok) return came;
  const bound = await bindProof(came.value.proofs[0] ?? '', holder);
  if (!bound.ok) return { ok: false, failure: { kind: 'unreadable' } };
  await store.put(bound.value);
  return { ok: true, value: bound.value.id };
}

function useMaking(form: Form, show: (result: Result) => void) {
  const doing = useDoing(form, {
    fields: { fields: 'fields', days: 'days', life: 'life', registration: 'registration', language: 'language' },
    words: { 'invalid:days': 'proof.days.too-many' },
  });
  return (wish: Wish) => {
    const { registration, life, days, fields, place } = wish;
    const wanted = { registration, life, ...(days === undefined ? {} : { days }) };
    if (place === 'wallet') return doing(wish, (key) => post('/api/v1/proofs/offers', wanted, walletOffer, { key }), (offer) => show({ kind: 'offer', offer }));
    if (place === 'browser') return void workingStore().then((store) => {
      if (!store) return form.fail([{ field: 'place', id: 'proof.kept.refused' }]);
      // Another key each time, so another request.
      doing([wish, freshKey()], (key) => makeKept(wish, key, store), (id) => goTo(`proofs/kept/${id}`, 'replace'));
    });
    const chosen = form.value('language');
    const body = { ...wanted, fields, form: 'paper' as const, ...(chosen ? { language: chosen } : {}) };
    return doing(body, (key) => post('/api/v1/proofs', body, issuedProofs, { key }), ({ page, proof }) => show({ kind: 'paper', pdf: page ?? '', entry: proof.entry, number: proof.number }));
  };
}

interface MakingProps {
  registrations: readonly Registration[];
  onFaulty: (faulty: boolean) => void;
  onResult: (result: Result) => void;
}

function Making({ registrations, onFaulty, onResult }: MakingProps) {
  const [main] = registrations;
  const form = useForm({ ...emptyWish, registration: main?.id ?? '', language: language.get() }, 'proof');
  const make = useMaking(form, onResult);
  useEffect(() => {
    onFaulty(form.faults.length > 0);
    return () => onFaulty(false);
  }, [form.faults]);
  const submit = () => {
    const wish = readWish(form.values);
    if ('place' in wish) make(wish);
    else form.fail([wish]);
  };
  return (
    <>
      <FaultSummary form={form} />
      <FormFrame form={form} onSubmit={submit}>
        <Wished form={form} registrations={registrations} />
        <p class="actions"><Button type="submit" busy={form.busy}>{t(`proof.make.${form.value('place') === 'wallet' ? 'wallet' : form.value('place') === 'paper' ? 'paper' : 'browser'}`)}</Button></p>
      </FormFrame>
    </>
  );
}

/** Has a proof made: of which address, for where, saying what, for how long. */
export default function NewProofPage() {
  const loaded = useLoaded(() => get('/api/v1/me', me));
  const [result, show] = useState<Result | null>(null);
  const [faulty, tell] = useState(false);
  return (
    <>
      <p class="back"><Link to="proofs">{t('proof.back')}</Link></p>
      <LoadedPage title={t('proof.new')} loaded={loaded} faulty={faulty}>
        {(person) => {
          // The main residence comes first: it is what most ask for.
          const active = person.registrations.filter(({ ended }) => !ended).sort((a, b) => Number(b.kind === 'main') - Number(a.kind === 'main'));
          if (result?.kind === 'offer') return <OfferSheet offer={result.offer} onAgain={() => show(null)} />;
          if (result) return <PaperSheet pdf={result.pdf} entry={result.entry} number={result.number} />;
          if (active.length === 0) return <><p class="lead">{t('proof.nothing')}</p><p class="actions"><ButtonLink to="register">{t('proof.nothing.register')}</ButtonLink></p></>;
          return <Making registrations={active} onFaulty={tell} onResult={show} />;
        }}
      </LoadedPage>
    </>
  );
}
