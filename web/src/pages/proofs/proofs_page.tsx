import { get } from '../../api/client';
import { proofs, type ShownProof } from '../../api/wire';
import { dayAt } from '../../base/days';
import { dayInWords } from '../../text/dates';
import { fieldInWords } from '../../text/operations';
import { t } from '../../text/text';
import { FailureText, OnItsWay, useLoaded } from '../../ui/loading';
import { Page } from '../../ui/page';
import { ButtonLink, Link, MomentText, type Row, SummaryList, Unseen } from '../../ui/pieces';
import { choicesOf, type Kept, useKept } from './kept';
import { momentOf } from './moments';
import { choiceInWords } from './words';

function stateOf({ withdrawn_at, expires_at }: ShownProof): 'good' | 'over' | 'withdrawn' {
  if (withdrawn_at) return 'withdrawn';
  return new Date(expires_at).getTime() <= Date.now() ? 'over' : 'good';
}

function rowsOf(proof: ShownProof): Row[] {
  const { fields, issued_at, expires_at, number, withdrawn_at } = proof;
  return [
    { key: 'fields', name: t('proof.says'), value: fields.map(fieldInWords).join(', ') },
    { key: 'issued', name: t('proof.issued'), value: <MomentText moment={issued_at} /> },
    { key: 'expires', name: t(stateOf(proof) === 'over' ? 'proof.ended' : 'proof.expires'), value: <MomentText moment={expires_at} /> },
    ...(number ? [{ key: 'number', name: t('proof.number'), value: <span class="code">{number}</span> }] : []),
    ...(withdrawn_at ? [{ key: 'withdrawn', name: t('proof.withdrawn'), value: <MomentText moment={withdrawn_at} /> }] : []),
  ];
}

function ProofCard({ proof }: { proof: ShownProof }) {
  const { entry, form, life } = proof;
  const state = stateOf(proof);
  const which = <Unseen> {t('proof.entry', { number: entry })}</Unseen>;
  return (
    <li class="card">
      <h3>{t(`proof.form.${form}`)} <span class={state === 'good' ? 'state good' : 'state'}>{t(`proof.state.${state}`)}</span></h3>
      <p class="hint">{t(`proof.life.${life}`)}</p>
      <SummaryList rows={rowsOf(proof)} />
      <p class="foot">
        <Link to={`receipts/${entry}`}>{t('proof.receipt')}{which}</Link>
        {life === 'lasting' && state === 'good' && <Link to={`proofs/${entry}/withdraw`}>{t('proof.withdraw')}{which}</Link>}
      </p>
    </li>
  );
}

function KeptItem({ kept: { proof, read } }: { kept: Kept }) {
  const expires = momentOf(read.said.expiresAt);
  const over = read.said.expiresAt * 1000 <= Date.now();
  return (
    <li>
      <Link to={`proofs/kept/${proof.id}`}>{t(over ? 'proof.kept.look' : 'proof.kept.show', { day: dayInWords(dayAt(new Date(read.said.issuedAt * 1000))) })}</Link>
      <p>{choicesOf(read).map(choiceInWords).join(', ')}</p>
      <p>{t(over ? 'proof.ended' : 'proof.expires')} <MomentText moment={expires} /></p>
    </li>
  );
}

function KeptHere({ kept }: { kept: readonly Kept[] }) {
  if (kept.length === 0) return null;
  return (
    <section class="card" aria-labelledby="kept">
      <h2 id="kept">{t('proof.kept')}</h2>
      <p>{t('proof.kept.what')}</p>
      <ul class="plain">{kept.map((one) => <KeptItem key={one.proof.id} kept={one} />)}</ul>
    </section>
  );
}

function Made({ all }: { all: readonly ShownProof[] }) {
  return (
    <section aria-labelledby="made">
      <h2 id="made">{t('proof.made')}</h2>
      {all.length === 0 && <p>{t('proof.none')}</p>}
      <ul class="cards">{all.map((proof) => <ProofCard key={proof.entry} proof={proof} />)}</ul>
    </section>
  );
}

/** Proofs of where one lives: those that this browser keeps, also without a connection, and all that were made. */
export default function ProofsPage() {
  const { value, failure, again } = useLoaded(() => get('/api/v1/proofs', proofs));
  const { kept } = useKept();
  return (
    <Page title={t('proof.title')}>
      <p class="lead">{t('proof.what')}</p>
      <p class="actions"><ButtonLink to="proofs/new">{t('proof.make')}</ButtonLink></p>
      {kept && <KeptHere kept={kept} />}
      {failure && <FailureText failure={failure} again={again} />}
      {!value && !failure && <OnItsWay words={t('app.loading')} />}
      {value && <Made all={value.proofs} />}
    </Page>
  );
}
