import { useEffect } from 'preact/hooks';
import { goTo } from '../../app/places';
import { signedIn } from '../../app/session';
import { useStore } from '../../base/store';
import { t } from '../../text/text';
import { AroundAMove } from '../../ui/around';
import { NeverList } from '../../ui/never';
import { Page } from '../../ui/page';
import { SignInForm } from './sign_in_form';

/** What the register is, and the ways in. */
export default function StartPage() {
  const known = useStore(signedIn);
  useEffect(() => {
    if (known) goTo('home', 'replace');
  }, [known]);
  if (known) return null;
  return (
    <Page title={t('start.title')}>
      <p class="lead">{t('start.lead')}</p>
      <SignInForm again={false} onDone={() => undefined} />
      <section class="never" aria-labelledby="never">
        <h2 id="never">{t('start.never')}</h2>
        <NeverList />
      </section>
      <AroundAMove />
    </Page>
  );
}
