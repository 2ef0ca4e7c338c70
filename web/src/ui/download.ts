/** Hands a file that was made on this device to the browser, to keep or to open. No address is asked for it. */
export function download(name: string, mediaType: string, content: string): void {
  const address = URL.createObjectURL(new Blob([content], { type: mediaType }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // Safari reads it a moment later.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
