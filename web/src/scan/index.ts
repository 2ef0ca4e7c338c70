// From a camera, a file or a pasted text to what may be a proof. src/credential says what it is worth.
export { browserParts, Camera } from './camera';
export type { CameraParts, CameraState } from './camera';
export { scanFile } from './file';
export { chooseReader } from './reader';
export type { ReadCodes } from './reader';
export { shownAs, shownIn } from './shown';
export type { Scan } from './shown';
