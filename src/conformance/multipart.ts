/** A whole, valid PNG of 64 by 64 pixels: the smallest thing that a vendor takes for a picture to start from. */
export const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAMAAACdt4HsAAAAA1BMVEXIUCi3yA+MAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAG0lEQVRYw+3BgQAAAADD' +
    'oPlT3+AEVQEAAAB8AxBAAAEZszF2AAAAAElFTkSuQmCC',
  'base64',
);

/** Fixed, so that equal requests are equal to the byte; no prompt of ours contains it. */
const boundary = 'proofsheet-form-boundary-7f3a';

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Writes an object as a form; fields that stand for a file get a small picture, whatever their value. */
export function multipartBody(
  value: unknown,
  isFile: (name: string) => boolean,
): { readonly contentType: string; readonly body: Uint8Array } {
  const parts: Buffer[] = [];
  for (const [name, member] of Object.entries((value ?? {}) as Record<string, unknown>))
    for (const one of Array.isArray(member) ? member : [member]) {
      const disposition = `--${boundary}\r\ncontent-disposition: form-data; name="${name.replaceAll('"', '%22')}"`;
      if (isFile(name))
        parts.push(Buffer.from(`${disposition}; filename="reference.png"\r\ncontent-type: image/png\r\n\r\n`), picture);
      else parts.push(Buffer.from(`${disposition}\r\n\r\n${textOf(one)}`));
      parts.push(Buffer.from('\r\n'));
    }
  parts.push(Buffer.from(`--${boundary}--\r\n`));
  return { contentType: `multipart/form-data; boundary=${boundary}`, body: Buffer.concat(parts) };
}
