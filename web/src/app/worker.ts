/**
 * Keeps the app's own files on the device, so that it opens without a connection. It keeps no answer of the register.
 * `scope`: the pages that it is for, below the app's address.
 */
export function startWorker(file = 'worker.js', scope = ''): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const register = async () => {
    const path = import.meta.env.BASE_URL;
    await navigator.serviceWorker.register(path + file, { scope: path + scope });
    const { active } = await navigator.serviceWorker.ready;
    // What was loaded before the worker was there, above all the language.
    const files = performance.getEntriesByType('resource').map(({ name }) => name);
    active?.postMessage(files.filter((name) => name.startsWith(`${location.origin}${path}assets/`)));
  };
  const quietly = () => void register().catch(() => undefined);
  if (document.readyState === 'complete') quietly();
  else addEventListener('load', quietly);
}
