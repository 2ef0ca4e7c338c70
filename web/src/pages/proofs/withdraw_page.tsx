import { get, post } from '../../api/client';
import { proofs, receiptAnswer, type ShownProof } from '../../api/wire';
import { goTo } from '../../app/places';
import type { PageProps } from '../../app/routes';
import { fieldInWords } from '../../text/operations';
import { t } from '../../text/text';
import { useDoing } from '../../ui/doing';
import { FaultSummary, FormFrame } from '../../ui/fields';
import { useForm } from '../../ui/form';
import { LoadedPage, useLoaded } from '../../ui/loading';
import { Button, ButtonLink, Link, MomentText, SummaryList } from '../../ui/pieces';

function About({ proof }: { proof: ShownProof }) {
  return (
    <SummaryList
      rows={[
        { key: 'form', name: t('proof.where'), value: t(`proof.form.${proof.form}`) },
        { key: 'fields', name: t('proof.says'), value: proof.fields.map(fieldInWords).join(', ') },
        { key: 'issued', name: t('proof.issued'), value: <MomentText moment={proof.issued_at} /> },
      ]}
    />
  );
}

/** Asks whether a lasting proof shall be withdrawn, saying what that does. */
export default function WithdrawPage({ params }: PageProps) {
  const entry = Number(params.entry);
  const loaded = useLoaded(() => get('/api/v1/proofs', proofs));
  const form = useForm({});
  const doing = useDoing(form, { words: { conflict: 'proof.withdraw.not-now', 'not-found': 'proof.withdraw.unknown' } });
  const withdraw = () =>
    doing(entry, (key) => post('/api/v1/proofs/{entry}/withdraw', null, receiptAnswer, { params: { entry }, key }), ({ receipt }) => goTo(`receipts/${receipt.entry}`, 'replace'));
  return (
    <>
      <p class="back"><Link to="proofs">{t('proof.back')}</Link></p>
      <FaultSummary form={form} />
      <LoadedPage title={t('proof.withdraw.title')} loaded={loaded} faulty={form.faults.length > 0}>
        {({ proofs: all }) => {
          const proof = all.find((one) => one.entry === entry);
          if (!proof) return <p>{t('proof.withdraw.unknown')}</p>;
          if (proof.life !== 'lasting' || proof.withdrawn_at) return <p>{t('proof.withdraw.not-now')}</p>;
          return (
            <>
              <p class="lead">{t('proof.withdraw.what')}</p>
              <About proof={proof} />
              <FormFrame form={form} onSubmit={withdraw}>
                <p class="actions">
                  <Button type="submit" busy={form.busy}>{t('proof.withdraw.button')}</Button>
                  <ButtonLink second to="proofs">{t('proof.withdraw.keep')}</ButtonLink>
                </p>
              </FormFrame>
            </>
          );
        }}
      </LoadedPage>
    </>
  );
}
