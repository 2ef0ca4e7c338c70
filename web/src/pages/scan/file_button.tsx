import { useRef } from 'preact/hooks';
import { Button } from '../../ui/pieces';

/** A button that asks for a file of this device. The same file can be chosen twice. */
export function FileButton({ label, accept, second = true, onFile }: { label: string; accept: string; second?: boolean; onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const take = () => {
    const [file] = input.current?.files ?? [];
    if (file) onFile(file);
    if (input.current) input.current.value = '';
  };
  return (
    <>
      <input ref={input} type="file" accept={accept} hidden aria-label={label} onChange={take} />
      <Button second={second} onClick={() => input.current?.click()}>{label}</Button>
    </>
  );
}
