import { get } from '../../api/client';
import { rich, t } from '../../text/text';
import { useLoaded } from '../../ui/loading';
import { NeverList } from '../../ui/never';
import { Page } from '../../ui/page';
import { Link } from '../../ui/pieces';
import { officeNames } from './answers';
import { English, Section } from './sections';

/** For whom the register serves. What is written here holds without it. */
function Whose() {
  const { value } = useLoaded(() => get('/api/v1/profile', officeNames, { gated: false }));
  return value && <p>{rich('about.whose', { title: <b><English>{value.profile.title}</English></b>, link: (words) => <Link to="rules">{words}</Link> })}</p>;
}

function Genuine() {
  return (
    <Section id="genuine" title={t('about.genuine')}>
      <p>{t('about.genuine.address')}</p>
      <p class="host"><bdi>{location.host}</bdi></p>
      <p>{t('about.genuine.compare')}</p>
      <ul class="plain">
        <li><b>{t('about.genuine.free')}</b><p>{t('about.genuine.free.what')}</p></li>
        <li><b>{t('about.genuine.mails')}</b><p>{t('about.genuine.mails.what')}</p></li>
        <li><b>{t('about.genuine.codes')}</b><p>{t('about.genuine.codes.what')}</p></li>
        <li><b>{t('about.genuine.passkeys')}</b><p>{t('about.genuine.passkeys.what')}</p></li>
      </ul>
    </Section>
  );
}

function Money() {
  return (
    <Section id="money" title={t('about.money')}>
      <ol class="steps">
        <li>{t('about.money.stop')}</li>
        <li>{rich('about.money.typed', { link: (words) => <Link to="freeze">{words}</Link> })}</li>
        <li>{t('about.money.paid')}</li>
        <li>{t('about.money.tell')}</li>
      </ol>
    </Section>
  );
}

/** What the register is and never will be, and how to tell that it is the genuine one. */
export default function AboutPage() {
  return (
    <Page title={t('about.title')}>
      <p class="lead">{t('about.lead')}</p>
      <Whose />
      <ul class="never">
        <li>{t('about.does.yourself')}</li>
        <li>{t('about.does.receipt')}</li>
        <li>{t('about.does.opening')}</li>
        <li>{t('about.does.fair')}</li>
      </ul>
      <Section id="never" title={t('start.never')}>
        <div class="never"><NeverList /></div>
      </Section>
      <Genuine />
      <Money />
      <Section id="plain" title={t('about.plain')}>
        <p>{rich('about.plain.what', { link: (words) => <a href="/">{words}</a> })}</p>
      </Section>
    </Page>
  );
}
