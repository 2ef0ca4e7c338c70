import { get, post } from '../../api/client';
import { erasureAnswer, inbox, me, type Registration, type ShownNotice } from '../../api/wire';
import { showReceipt } from '../../app/receipts';
import { rich, t } from '../../text/text';
import { useDoing } from '../../ui/doing';
import { Checkboxes, FaultSummary, FormFrame } from '../../ui/fields';
import { type Form, useForm } from '../../ui/form';
import { LoadedContent, useLoaded } from '../../ui/loading';
import { Page } from '../../ui/page';
import { AddressText, Button, ButtonLink, Link } from '../../ui/pieces';
import { ErasureDue } from './erasure_due';
import { ExportEverything } from './export_everything';

async function ask() {
  const [mine, notices] = await Promise.all([get('/api/v1/me', me), get('/api/v1/inbox', inbox)]);
  if (!mine.ok) return mine;
  if (!notices.ok) return notices;
  return { ok: true as const, value: { me: mine.value, notices: notices.value.notices } };
}

function Consequences() {
  return (
    <>
      <p class="lead">{t('rights.erasure.lead')}</p>
      <ul class="points">
        <li>{t('rights.erasure.key')}</li>
        <li>{t('rights.erasure.hashes')}</li>
        <li>{t('rights.erasure.wait')}</li>
        <li>{t('rights.erasure.meanwhile')}</li>
        <li>{t('rights.erasure.children')}</li>
      </ul>
    </>
  );
}

interface Hindrances {
  active: readonly Registration[];
  unread: readonly ShownNotice[];
}

/** What has to be done before: nothing of it happens by itself. */
function First({ active, unread }: Hindrances) {
  return (
    <section aria-labelledby="first">
      <h2 id="first">{t('rights.erasure.first')}</h2>
      {active.length > 0 && (
        <>
          <p>{t('rights.erasure.first.end')}</p>
          <ul class="plain">
            {active.map(({ id, kind, address }) => (
              <li key={id}>
                <p class="kind">{t(`kind.${kind}`)}</p>
                <AddressText address={address} />
                <Link to={`registrations/${id}/end`}>{t('registration.end.button')}</Link>
              </li>
            ))}
          </ul>
        </>
      )}
      {unread.length > 0 && <p>{rich('rights.erasure.first.read', { count: unread.length, link: (words) => <Link to="inbox">{words}</Link> })}</p>}
    </section>
  );
}

function Confirm({ form }: { form: Form }) {
  const doing = useDoing(form, { words: { conflict: 'rights.changed' } });
  const erase = () => {
    if (form.value('sure') !== 'yes') return form.fail([{ field: 'sure', id: 'rights.erasure.sure.missing' }]);
    doing('erase', (key) => post('/api/v1/erasure', null, erasureAnswer, { key }), showReceipt);
  };
  return (
    <FormFrame form={form} onSubmit={erase}>
      <Checkboxes form={form} name="sure" label={t('rights.erasure.sure')} options={[{ value: 'yes', label: t('rights.erasure.sure.yes') }]} />
      <p class="actions">
        <Button type="submit" grave busy={form.busy}>{t('rights.erasure.button')}</Button>
        <ButtonLink second to="rights">{t('rights.erasure.keep')}</ButtonLink>
      </p>
    </FormFrame>
  );
}

/** What an erasure means, what comes before it, and the request itself; or the way back, once it was asked for. */
export default function ErasurePage() {
  const loaded = useLoaded(ask);
  const form = useForm({ sure: '' });
  return (
    <>
      <p class="back"><Link to="rights">{t('register.back')}</Link></p>
      <FaultSummary form={form} />
      <Page title={t('rights.erasure')} faulty={form.faults.length > 0}>
        <LoadedContent loaded={loaded} words={t('app.loading')}>
          {({ me: { registrations, erasure }, notices }) => {
            if (erasure) return <ErasureDue due={erasure.due} form={form} />;
            const [active, unread] = [registrations.filter(({ ended }) => ended === null), notices.filter(({ read }) => !read)];
            return (
              <>
                <Consequences />
                <section aria-labelledby="copy">
                  <h2 id="copy">{t('rights.erasure.copy')}</h2>
                  <p>{t('rights.erasure.copy.what')}</p>
                  <ExportEverything />
                </section>
                {active.length + unread.length > 0 ? <First active={active} unread={unread} /> : <Confirm form={form} />}
              </>
            );
          }}
        </LoadedContent>
      </Page>
    </>
  );
}
