import { useEffect, useState } from 'preact/hooks';
import type { Gate } from '../../api/gate';
import { goTo } from '../../app/places';
import { t } from '../../text/text';
import { inFront, useCounted } from '../../ui/loading';
import { Page } from '../../ui/page';
import { Button } from '../../ui/pieces';
import { SignInForm } from './sign_in_form';

interface Props {
  gate: Gate;
  onPassed: () => void;
  onGivenUp: () => void;
}

/** For a page in front of another, which has its title and the focus again afterwards. `heading` finds the other's. */
export function useInFront(heading: string): void {
  useCounted(inFront);
  const [title] = useState(() => document.title); // before this page gives its own
  useEffect(
    () => () => {
      document.title = title;
      document.querySelector<HTMLElement>(heading)?.focus();
    },
    [],
  );
}

/** Stands in front of a page whose request waits for a sign-in. The page stays as it is behind it. */
export function GatePage({ gate, onPassed, onGivenUp }: Props) {
  useInFront('#page h1');
  const giveUp = () => {
    onGivenUp();
    if (gate === 'sign-in') goTo('');
  };
  // Another person does not send what somebody else typed.
  const enter = (another: boolean) => {
    if (!another) return onPassed();
    onGivenUp();
    goTo('home', 'replace');
  };
  const again = gate === 'fresh-sign-in';
  return (
    <Page title={t(again ? 'gate.again' : 'gate.sign-in')}>
      <p class="lead">{t(again ? 'gate.again.why' : 'gate.sign-in.why')}</p>
      <SignInForm again={again} onDone={enter} />
      <p><Button quiet onClick={giveUp}>{t(again ? 'gate.back' : 'app.to-start')}</Button></p>
    </Page>
  );
}
