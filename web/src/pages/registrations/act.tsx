import type { ComponentChildren } from 'preact';
import { type Answer, getOf } from '../../api/client';
import type { Acted, Registration } from '../../api/wire';
import { registration } from '../../api/wire';
import { showReceipt } from '../../app/receipts';
import { record } from '../../base/decode';
import { t } from '../../text/text';
import { useDoing } from '../../ui/doing';
import { FaultSummary, FormFrame } from '../../ui/fields';
import type { Form, Placing } from '../../ui/form';
import { FailureText, type Loaded, useLoaded } from '../../ui/loading';
import { Page } from '../../ui/page';
import { AddressText, Button, Link } from '../../ui/pieces';
import { pathOf, useChild } from '../../ui/whom';

// What the pages of single acts on a registration share.

const answer = record({ registration });

export function useRegistration(id: string): Loaded<Registration> {
  const child = useChild();
  const loaded = useLoaded(() => getOf(child?.id ?? null, '/api/v1/registrations/{id}', answer, { params: { id } }), id);
  return { ...loaded, value: loaded.value?.registration ?? null };
}

/** Sends an act, for oneself or for the child of the page, and leads to its receipt; what is wrong goes to the form. */
export function useAct(form: Form, placing: Placing = {}) {
  const child = useChild();
  const doing = useDoing(form, placing);
  return (what: unknown, send: (child: string | null, key: string) => Promise<Answer<Acted>>) =>
    doing(what, (key) => send(child?.id ?? null, key), (done) => showReceipt(done, child));
}

/** Where the register's fields of an address and a stay are shown. */
export const stayFields = {
  since: 'since', until: 'until', on: 'on', former_main: 'former_main',
  'address.country': 'country', 'address.lines': 'lines', address: 'lines',
};

interface Props {
  id: string;
  title: string;
  form: Form;
  loaded: Loaded<Registration>;
  button: string;
  onSubmit: (registration: Registration) => void;
  intro: ComponentChildren;
  children?: (registration: Registration) => ComponentChildren;
}

/** A page with one act: what it does, to which registration, and what it needs to know. */
export function ActPage({ id, title, form, loaded, button, onSubmit, intro, children }: Props) {
  const child = useChild();
  const { value, failure, again } = loaded;
  return (
    <>
      <p class="back"><Link to={pathOf(child, `registrations/${id}`)}>{t('register.back')}</Link></p>
      <FaultSummary form={form} />
      <Page title={title} faulty={form.faults.length > 0}>
        {failure && <FailureText failure={failure} again={again} />}
        {value && (
          <>
            <p>{intro}</p>
            <div class="note quote"><AddressText address={value.address} /></div>
            <FormFrame form={form} onSubmit={() => onSubmit(value)}>
              {children?.(value)}
              <p class="actions"><Button type="submit" busy={form.busy}>{button}</Button></p>
            </FormFrame>
          </>
        )}
      </Page>
    </>
  );
}
