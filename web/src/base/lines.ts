// Texts of one line, and how much they are.

/** Characters as people count them: a letter beyond the first plane of Unicode is one. */
export function charactersIn(text: string): number {
  return Array.from(text).length;
}

/** Bytes in UTF-8. */
export function bytesIn(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** No line end and no other control character. */
export function isOneLine(text: string): boolean {
  return !/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(text);
}
