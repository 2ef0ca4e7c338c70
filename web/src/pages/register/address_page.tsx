import { goTo } from '../../app/places';
import { t } from '../../text/text';
import { AddressFields } from '../../ui/address_fields';
import { pathOf, say, useChild } from '../../ui/whom';
import { readAddress } from './address_format';
import { StepPage, useStep } from './step';

/** Where it is. */
export default function AddressPage() {
  const child = useChild();
  const form = useStep('register/address');
  if (!form) return null;
  const next = () => {
    const address = readAddress(form.values);
    if (Array.isArray(address)) form.fail(address);
    else goTo(pathOf(child, 'register/dates'));
  };
  return (
    <StepPage step="register/address" title={say(child, 'register.address')} form={form} button={t('register.next')} onSubmit={next}>
      <p>{t('register.address.what')}</p>
      <AddressFields form={form} />
    </StepPage>
  );
}
