import { useStore } from '../base/store';
import { isLanguage, languages } from '../text/languages';
import { language, setLanguage, t } from '../text/text';

/** Switches in place: nothing that was typed is lost. */
export function LanguageMenu() {
  const shown = useStore(language);
  const choose = (name: string) => {
    if (isLanguage(name)) void setLanguage(name);
  };
  return (
    <div class="language">
      <label for="language" class="unseen">{t('language.label')}</label>
      <select id="language" value={shown} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {Object.entries(languages).map(([code, name]) => <option key={code} value={code} lang={code}>{name}</option>)}
      </select>
    </div>
  );
}
