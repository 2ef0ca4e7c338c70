import { postOf } from '../../api/client';
import { eitherReceiptAnswer } from '../../api/wire';
import { goTo } from '../../app/places';
import { nameOfReceipt } from '../../app/receipts';
import type { PageProps } from '../../app/routes';
import { t } from '../../text/text';
import { useDoing } from '../../ui/doing';
import { useForm } from '../../ui/form';
import { pathOf, say, useChild } from '../../ui/whom';
import { ActPage, useRegistration } from './act';

/** The landlord does not confirm: noted in one's own history, with a dated receipt. */
export default function LandlordPage({ params }: PageProps) {
  const child = useChild();
  const id = params.id ?? '';
  const form = useForm({});
  const doing = useDoing(form);
  const note = () => doing(
    id,
    (key) => postOf(child?.id ?? null, '/api/v1/registrations/{id}/landlord-refusal', null, eitherReceiptAnswer, { params: { id }, key }),
    ({ receipt }) => goTo(pathOf(child, `receipts/${nameOfReceipt(receipt)}`), 'replace'),
  );
  return (
    <ActPage
      id={id} title={say(child, 'landlord.title')} form={form} loaded={useRegistration(id)} button={t('landlord.button')}
      onSubmit={note} intro={say(child, 'landlord.what')}
    />
  );
}
