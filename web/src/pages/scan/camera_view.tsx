import { useEffect, useRef, useState } from 'preact/hooks';
import { Camera, type CameraState } from '../../scan';
import type { Progress } from '../../showing/parts';
import { t } from '../../text/text';
import { Button } from '../../ui/pieces';
import { collecting, readCodes } from './reading';

/** The camera, which starts by its button, is off when nobody looks at the page, and keeps nothing. */
export function CameraView({ onText }: { onText: (text: string) => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const camera = useRef<Camera | null>(null);
  const found = useRef(onText);
  const [state, become] = useState<CameraState>('off');
  const [progress, tell] = useState<Progress | null>(null);
  found.current = onText;
  useEffect(() => {
    if (!video.current) return undefined;
    const made = new Camera(video.current, collecting(readCodes, tell), (text) => found.current(text), become);
    camera.current = made;
    return () => made.stop();
  }, []);
  const on = state === 'starting' || state === 'looking';
  const toggle = () => {
    tell(null);
    if (on) camera.current?.stop();
    else void camera.current?.start();
  };
  return (
    <div class={on ? 'camera on' : 'camera'}>
      {/* No sound and nothing to be read out: the state below says what goes on. */}
      <video ref={video} muted playsInline aria-hidden="true" tabIndex={-1} hidden={!on} />
      <p class="camera-state" role="status">
        {state === 'off' ? '' : t(progress ? 'scan.camera.parts' : `scan.camera.${state}`, progress ? { found: progress.found, count: progress.count } : {})}
      </p>
      <p class="actions"><Button second={on} onClick={toggle}>{t(on ? 'scan.camera.stop' : 'scan.camera.start')}</Button></p>
    </div>
  );
}
