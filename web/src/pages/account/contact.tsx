import { get, post } from '../../api/client';
import { contact, namedContact, receiptAnswer } from '../../api/wire';
import { momentInWords } from '../../text/dates';
import { language, t } from '../../text/text';
import { useDoing } from '../../ui/doing';
import { Checkboxes, FormFrame, TextField } from '../../ui/fields';
import type { Form } from '../../ui/form';
import { useLoaded } from '../../ui/loading';
import { Button, Note } from '../../ui/pieces';
import { Section } from './section';

function Name({ form, onDone }: { form: Form; onDone: () => void }) {
  const doing = useDoing(form, { fields: { address: 'address' }, words: { 'invalid:address': 'account.contact.wrong' } });
  const name = () => {
    const address = form.value('address').trim();
    if (!/^[^\s@]+@[^\s@]+$/.test(address)) return form.fail([{ field: 'address', id: 'account.contact.wrong' }]);
    const body = { address, language: language.get(), reminders: form.value('reminders') === 'yes' };
    doing(body, (key) => post('/api/v1/contact', body, namedContact, { key }), onDone);
  };
  return (
    <FormFrame form={form} onSubmit={name}>
      <TextField form={form} name="address" label={t('account.contact.address')} hint={t('account.contact.hint')} width="medium" type="email" inputMode="email" autocomplete="email" />
      <Checkboxes form={form} name="reminders" label={t('account.contact.more')} options={[{ value: 'yes', label: t('account.contact.reminders'), hint: t('account.contact.reminders.what') }]} />
      <p class="actions"><Button second type="submit" busy={form.busy}>{t('account.contact.name')}</Button></p>
    </FormFrame>
  );
}

function Confirm({ form, address, until, onDone }: { form: Form; address: string; until: string; onDone: () => void }) {
  const doing = useDoing(form, { fields: { code: 'code' }, words: { 'invalid:code': 'account.contact.code.wrong' } });
  const confirm = () => {
    const code = form.value('code');
    if (!code.trim()) return form.fail([{ field: 'code', id: 'account.contact.code.wrong' }]);
    doing(code, (key) => post('/api/v1/contact/confirm', { code }, receiptAnswer, { key }), onDone);
  };
  return (
    <FormFrame form={form} onSubmit={confirm}>
      <Note><p>{t('account.contact.unconfirmed', { address, until: momentInWords(until) })}</p></Note>
      <TextField form={form} name="code" label={t('account.contact.code')} hint={t('account.contact.code.hint')} width="medium" autocomplete="one-time-code" capitals />
      <p class="actions"><Button type="submit" busy={form.busy}>{t('account.contact.confirm')}</Button></p>
    </FormFrame>
  );
}

/** Where somebody is told by mail that something changed, and no more than that. */
export function ContactSection({ form }: { form: Form }) {
  const loaded = useLoaded(() => get('/api/v1/contact', contact));
  const doing = useDoing(form);
  const remove = () => doing('remove', (key) => post('/api/v1/contact/remove', null, receiptAnswer, { key }), loaded.again);
  return (
    <Section id="contact" title={t('account.contact')} what={t('account.contact.what')} loaded={loaded}>
      {({ in_force, unconfirmed, sends_mail }) => (
        <>
          {!sends_mail && <p class="hint">{t('account.contact.no-mail')}</p>}
          {in_force && <p><b><bdi>{in_force.address}</bdi></b></p>}
          {unconfirmed && <Confirm form={form} address={unconfirmed.address} until={unconfirmed.until} onDone={loaded.again} />}
          <Name form={form} onDone={loaded.again} />
          {(in_force || unconfirmed) && <p><Button quiet busy={form.busy} onClick={remove}>{t('account.contact.remove')}</Button></p>}
        </>
      )}
    </Section>
  );
}
