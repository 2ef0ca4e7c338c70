import type { Answer } from '../api/client';
import { faultOf, type Form, type Placing } from './form';
import { useRequestKey } from './request_key';

/** Sends something once at a time, and again with the same key until it is answered; what is wrong goes to the form. */
export function useDoing(form: Form, placing: Placing = {}) {
  const key = useRequestKey();
  return <T>(what: unknown, send: (key: string) => Promise<Answer<T>>, then: (value: T) => void) =>
    form.submit(async () => {
      const came = await send(key.of(what));
      if (came.ok) {
        key.done();
        form.clear();
        form.fail([]);
        return then(came.value);
      }
      if (came.failure.kind === 'refused') key.done();
      form.fail([faultOf(came.failure, placing)]);
    });
}
