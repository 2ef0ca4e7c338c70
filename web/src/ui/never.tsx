import { t } from '../text/text';

/** What the register will never do, in its own words. */
export function NeverList() {
  return (
    <ul>
      <li>{t('start.never.place')}</li>
      <li>{t('start.never.silence')}</li>
      <li>{t('start.never.search')}</li>
      <li>{t('start.never.hidden')}</li>
      <li>{t('start.never.fee')}</li>
    </ul>
  );
}
