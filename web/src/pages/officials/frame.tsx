import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Failure } from '../../api/client';
import { waitingForOfficial } from '../../api/gate';
import { goTo, linkTo } from '../../app/places';
import { useStore } from '../../base/store';
import { type MessageId, t } from '../../text/text';
import { FaultSummary } from '../../ui/fields';
import type { Form } from '../../ui/form';
import { FailureText, LoadedContent, useLoaded } from '../../ui/loading';
import { Page } from '../../ui/page';
import { Button } from '../../ui/pieces';
import { askOfficial, type Official, signOutAsOfficial } from './official';
import { OfficialsGate } from './sign_in';
import type { Act } from './wire';

/** The pages of officials, each with what it takes to have it. */
export const pages: readonly { to: string; name: MessageId; what: MessageId; act: Act | null }[] = [
  { to: 'staff/open', name: 'official.open', what: 'official.open.what', act: 'open-record' },
  { to: 'staff/identify', name: 'official.identify', what: 'official.identify.what', act: 'identify-in-person' },
  { to: 'staff/roles', name: 'official.roles', what: 'official.roles.what', act: 'see-roles' },
  { to: 'staff/passkeys', name: 'official.passkeys', what: 'official.passkeys.what', act: null },
];

export function pagesFor({ may }: Official) {
  return pages.filter(({ act }) => act === null || may.includes(act));
}

/** Whose work it is, the way to their other pages, and out. */
function Desk({ official, at }: { official: Official; at: string }) {
  const [failure, fail] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const signOut = () => {
    setBusy(true);
    void signOutAsOfficial().then((answer) => {
      setBusy(false);
      if (answer.ok) goTo('staff', 'replace');
      else fail(answer.failure);
    });
  };
  return (
    <div class="desk">
      <p class="who"><b>{official.name}</b><br />{official.office}</p>
      <Button quiet busy={busy} onClick={signOut}>{t('official.sign-out')}</Button>
      <nav aria-label={t('official.pages')}>
        <ul>
          {pagesFor(official).map(({ to, name }) => (
            <li key={to}><a href={linkTo(to)} aria-current={at === to ? 'page' : undefined}>{t(name)}</a></li>
          ))}
        </ul>
      </nav>
      {failure && (
        <div class="note"><p>{t('official.still-in')}</p><FailureText failure={failure} again={signOut} /></div>
      )}
    </div>
  );
}

/** Who came by an invitation can do nothing but add a passkey. */
function isInvited(failure: Failure | null): boolean {
  return failure?.kind === 'refused' && failure.type === 'forbidden';
}

interface Props {
  title: string;
  /** Which of `pages` it belongs to. */
  at: string;
  form?: Form;
  children: (official: Official) => ComponentChildren;
}

/** A page for officials: a sign-in stands in front of it while one is needed. */
export function OfficialsPage({ title, at, form, children }: Props) {
  const gate = useStore(waitingForOfficial);
  const loaded = useLoaded(askOfficial);
  const official = loaded.value;
  const invited = isInvited(loaded.failure);
  const act = pages.find(({ to }) => to === at)?.act ?? null;
  useEffect(() => () => waitingForOfficial.get()?.settle(false), []);
  useEffect(() => {
    if (invited) goTo('staff/first-passkey', 'replace');
  }, [invited]);
  if (invited) return null;
  return (
    <>
      {gate && <OfficialsGate key={gate.gate} gate={gate.gate} onPassed={() => gate.settle(true)} onGivenUp={() => gate.settle(false)} />}
      <div id="official-page" hidden={gate !== null}>
        {official && <Desk official={official} at={at} />}
        {form && <FaultSummary form={form} />}
        <Page title={title} faulty={form !== undefined && form.faults.length > 0}>
          <LoadedContent loaded={loaded} words={t('official.loading')}>
            {(who) => (act === null || who.may.includes(act) ? children(who) : <p class="lead">{t(`official.not-yours.${act}`)}</p>)}
          </LoadedContent>
        </Page>
      </div>
    </>
  );
}
