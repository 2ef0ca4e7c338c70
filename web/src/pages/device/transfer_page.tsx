import { useState } from 'preact/hooks';
import { t } from '../../text/text';
import { FaultSummary, FormFrame, Radios, TextField } from '../../ui/fields';
import { useForm } from '../../ui/form';
import { Page } from '../../ui/page';
import { Button, Details } from '../../ui/pieces';
import { Back, OnDevice } from './on_device';
import { type Slip, SlipView } from './slip_view';
import { readTransferSlip } from './transfer_slip';

/** A SEPA credit transfer. */
export default function TransferPage() {
  const form = useForm({ remittance: 'none' });
  const [slip, show] = useState<Slip | null>(null);
  if (slip) return <SlipView slip={slip} onChange={() => show(null)} />;
  const make = () => {
    const made = readTransferSlip(form.values);
    form.fail(Array.isArray(made) ? made : []);
    if (!Array.isArray(made)) show(made);
  };
  const remittance = form.value('remittance');
  const more = ['bic', 'purpose', 'information'].some((field) => form.faultOf(field) !== undefined || form.value(field) !== '');
  return (
    <>
      <Back to="payment">{t('payment.back')}</Back>
      <FaultSummary form={form} />
      <Page title={t('payment.transfer.title')} faulty={form.faults.length > 0}>
        <OnDevice>{t('payment.promise')}</OnDevice>
        <FormFrame form={form} onSubmit={make}>
          <TextField form={form} name="name" label={t('payment.transfer.name')} />
          <TextField form={form} name="iban" label={t('payment.transfer.iban')} hint={t('payment.transfer.iban.hint')} capitals />
          <TextField form={form} name="amount" label={t('payment.transfer.amount')} hint={t('payment.transfer.amount.hint')} width="medium" />
          <Radios
            form={form} name="remittance" label={t('payment.transfer.remittance')}
            options={[
              { value: 'none', label: t('payment.transfer.remittance.none') },
              { value: 'text', label: t('payment.transfer.remittance.text') },
              { value: 'reference', label: t('payment.transfer.remittance.reference'), hint: t('payment.transfer.remittance.reference.what') },
            ]}
          />
          {remittance === 'text' && <TextField form={form} name="text" label={t('payment.transfer.text')} />}
          {remittance === 'reference' && <TextField form={form} name="reference" label={t('payment.transfer.reference')} capitals />}
          <Details summary={t('payment.transfer.more')} open={more}>
            <TextField form={form} name="bic" label={t('payment.transfer.bic')} hint={t('payment.transfer.bic.hint')} width="medium" capitals />
            <TextField form={form} name="purpose" label={t('payment.transfer.purpose')} hint={t('payment.transfer.purpose.hint')} width="narrow" capitals />
            <TextField form={form} name="information" label={t('payment.transfer.information')} hint={t('payment.transfer.information.hint')} />
          </Details>
          <p class="actions"><Button type="submit">{t('payment.make')}</Button></p>
        </FormFrame>
      </Page>
    </>
  );
}
