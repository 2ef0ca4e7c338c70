import { get, post } from '../../api/client';
import { proofs, receiptAnswer, type ShownProof } from '../../api/wire';
import { t } from '../../text/text';
import { fieldInWords } from '../../text/operations';
import { useDoing } from '../../ui/doing';
import { FaultSummary } from '../../ui/fields';
import { type Form, useForm } from '../../ui/form';
import { LoadedPage, useLoaded } from '../../ui/loading';
import { Button, Link, MomentText, type Row, SummaryList, Unseen } from '../../ui/pieces';

function rowsOf(proof: ShownProof): Row[] {
  return [
    { key: 'fields', name: t('proof.says'), value: proof.fields.map(fieldInWords).join(', ') },
    { key: 'issued', name: t('proof.issued'), value: <MomentText moment={proof.issued_at} /> },
    { key: 'expires', name: t('proof.expires'), value: <MomentText moment={proof.expires_at} /> },
    ...(proof.number ? [{ key: 'number', name: t('proof.number'), value: <span class="code">{proof.number}</span> }] : []),
    ...(proof.withdrawn_at ? [{ key: 'withdrawn', name: t('proof.withdrawn'), value: <MomentText moment={proof.withdrawn_at} /> }] : []),
  ];
}

function ProofCard({ proof, form, onDone }: { proof: ShownProof; form: Form; onDone: () => void }) {
  const { entry } = proof;
  const doing = useDoing(form);
  const withdraw = () => doing(entry, (key) => post('/api/v1/proofs/{entry}/withdraw', null, receiptAnswer, { params: { entry }, key }), onDone);
  return (
    <li class="card">
      <h3>{t(`proof.form.${proof.form}`)}</h3>
      <p class="hint">{t(`proof.life.${proof.life}`)}</p>
      <SummaryList rows={rowsOf(proof)} />
      <p class="foot">
        <Link to={`receipts/${entry}`}>{t('history.receipt')}<Unseen> {t('history.entry', { number: entry })}</Unseen></Link>
        {proof.life === 'lasting' && !proof.withdrawn_at && (
          <Button quiet busy={form.busy} onClick={withdraw}>{t('proof.withdraw')}<Unseen> {t('history.entry', { number: entry })}</Unseen></Button>
        )}
      </p>
    </li>
  );
}

/** The proofs of where one lives that were made, and until when they are good. */
export default function ProofsPage() {
  const loaded = useLoaded(() => get('/api/v1/proofs', proofs));
  const form = useForm({});
  return (
    <>
      <FaultSummary form={form} />
      <LoadedPage title={t('proof.title')} loaded={loaded}>
        {({ proofs: all }) => (
          <>
            <p class="lead">{t('proof.what')}</p>
            <p class="actions"><a class="button" href="/proofs">{t('proof.make')}</a></p>
            {all.length === 0 && <p>{t('proof.none')}</p>}
            <ul class="cards">{all.map((proof) => <ProofCard key={proof.entry} proof={proof} form={form} onDone={loaded.again} />)}</ul>
          </>
        )}
      </LoadedPage>
    </>
  );
}
