/** A file on its way out, under the name of the binary field it leaves in. */
export interface LeavingFile {
  readonly field: string;
  readonly fileName: string;
  /** Left out where only the ending of the name tells. */
  readonly mimeType?: string;
  readonly content: Uint8Array;
}
export interface FileItem {
  readonly json: object;
  readonly file: LeavingFile;
}

// Known by identity, so that no document of a vendor can look like one.
const made = new WeakSet<object>();

/**
 * What an operation returns when its item carries a file.
 * @example run: async ({ read, client }) => withFile({ size: 12 }, { field: read.text('binaryPropertyName'), fileName: 'a.pdf', content })
 */
export function withFile(json: object, file: LeavingFile): FileItem {
  const item = { json, file };
  made.add(item);
  return item;
}

/** The file an operation returned, if it did. @example fileOf({ json: {}, file: {} }) // undefined: made by somebody else */
export function fileOf(result: unknown): FileItem | undefined {
  return typeof result === 'object' && result !== null && made.has(result) ? (result as FileItem) : undefined;
}
