import type { Contract } from '../../contract/contract.js';
import { type Operation, resolve } from '../../contract/operations.js';
import { picture } from '../multipart.js';
import { formType, isBinary, isNode, propertiesOf, requestSchema } from '../schema.js';

/** One form with one file in it, or with what is no file. */
export interface UploadCase {
  /** Completes "a request …". */
  readonly what: string;
  readonly type: string;
  /** Made when it is sent: one of them is large. */
  readonly body: () => Uint8Array;
  readonly isLegal?: true;
  readonly more?: true;
}

/** The part of a form that holds the file, and how large it may be in bytes where the contract says so. */
export interface UploadPlace {
  readonly operation: Operation;
  readonly field: string;
  readonly maxBytes: number | undefined;
}

const boundary = 'proofsheet-upload-boundary';
/** Larger files than this are not made for a test. */
const largest = 32 * 1024 * 1024;

/** Operations beside the tasks that take a file. */
export function uploadsOf(contract: Contract): UploadPlace[] {
  return contract.operations.flatMap((operation): UploadPlace[] => {
    const schema = requestSchema(operation, formType);
    if (operation.task !== undefined || schema === undefined) return [];
    const file = propertiesOf(contract.document, schema).find((one) => isBinary(contract.document, one.schema));
    if (file === undefined) return [];
    const rule = resolve(contract.document, `${operation.pointer}/x-side-endpoint/upload`).value;
    const maxBytes = isNode(rule) && typeof rule['maxBytes'] === 'number' ? rule['maxBytes'] : undefined;
    return [{ operation, field: file.name, maxBytes }];
  });
}

/** Made in one piece: of a file of many megabytes there should be no second copy. */
function formWith(head: string, content: Uint8Array, fileBytes = content.byteLength): Uint8Array {
  const start = Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; ${head}\r\n\r\n`);
  const end = Buffer.from(`\r\n--${boundary}--\r\n`);
  const form = Buffer.alloc(start.byteLength + fileBytes + end.byteLength);
  form.set(start);
  form.set(content, start.byteLength);
  form.set(end, start.byteLength + fileBytes);
  return form;
}

export function uploadCases({ field, maxBytes }: UploadPlace, loopback: boolean): UploadCase[] {
  const type = `${formType}; boundary=${boundary}`;
  const file = `name="${field}"; filename="reference.png"\r\ncontent-type: image/png`;
  const broken = (what: string, head: string, content: string | Uint8Array): UploadCase => ({
    what,
    type,
    body: () => formWith(head, Buffer.from(content)),
  });
  const tooLarge: UploadCase[] =
    maxBytes === undefined || maxBytes >= largest || !loopback
      ? []
      : [
          {
            what: `whose file has more than ${maxBytes} bytes`,
            type,
            body: () => formWith(file, picture, maxBytes + 1),
            more: true,
          },
        ];
  return [
    { what: 'with a small picture', type, body: () => formWith(file, picture), isLegal: true },
    broken('without a file', 'name="proofsheet"', 'value'),
    broken('whose file is a text', `name="${field}"`, 'https://example.com/reference.png'),
    { ...broken('whose file is empty', file, ''), more: true },
    { ...broken('whose file is no picture', file, 'This is a text under the name of a picture'), more: true },
    { ...broken('whose file is a web page', file, '<html><script>alert(1)</script></html>'), more: true },
    { what: 'whose form is JSON', type: 'application/json', body: () => Buffer.from(`{"${field}": "x"}`), more: true },
    { what: 'whose form is empty', type, body: () => Buffer.from(`--${boundary}--\r\n`), more: true },
    ...tooLarge,
  ];
}
