import { t } from '../../text/text';
import { FaultSummary, FormFrame, Radios } from '../../ui/fields';
import { useForm } from '../../ui/form';
import { Page } from '../../ui/page';
import { Button, Note } from '../../ui/pieces';
import { ask } from './asking';
import type { Query } from './finding';
import { faultInWords, titleOf, useOf } from './words';

/** What became of the request before. */
export type News = 'forgotten' | 'cleared' | 'over';

interface Props {
  /** Not empty: the least comes first. */
  all: readonly [Query, ...Query[]];
  news: News | null;
  onAsked: (id: string) => void;
  onSignedOut: () => void;
}

/** What must be known: from a table, and nothing besides. */
export function ChooseView({ all, news, onAsked, onSignedOut }: Props) {
  const form = useForm({ query: all[0].id });
  const submit = () =>
    form.submit(async () => {
      const came = await ask(form.value('query'));
      if (came.ok) return onAsked(came.value.id);
      const { why } = came;
      if (why === 'signed-out') onSignedOut();
      else form.fail([{ field: null, words: () => faultInWords(why) }]);
    });
  return (
    <Page title={t('desk.choose')} faulty={form.faults.length > 0}>
      {news && <Note good={news === 'forgotten'}><p>{t(`desk.news.${news}`)}</p></Note>}
      <FaultSummary form={form} />
      <FormFrame form={form} onSubmit={submit}>
        <Radios form={form} name="query" label={t('desk.choose.least')} options={all.map((query) => ({ value: query.id, label: titleOf(query), hint: useOf(query) }))} />
        <p class="actions"><Button type="submit" busy={form.busy}>{t('desk.choose.button')}</Button></p>
      </FormFrame>
    </Page>
  );
}
