/** Bodies that are no request, and bodies of which no page says whether they are one. Texts are sent as UTF-8. */
export interface OddBody {
  /** Completes "a request …". */
  readonly what: string;
  /** Absent: the request names no content type. */
  readonly type?: string;
  readonly body: string | Uint8Array;
  /** Another of the same sort is there already. */
  readonly more?: true;
}

const json = 'application/json';
const form = 'multipart/form-data; boundary=proofsheet';
const part = '--proofsheet\r\ncontent-disposition: form-data; name="proofsheet"\r\n\r\nvalue\r\n';
/** Deep enough for careless recursion, and small. */
const depth = 2_000;

function more(what: string, body: string | Uint8Array, type = json): OddBody {
  return { what, type, body, more: true };
}

/**
 * What a JSON operation must refuse. Where a lenient parser could make sense of a body, what it finds there has no usable
 * prompt, so that it has to be refused either way.
 */
export const brokenJson: readonly OddBody[] = [
  { what: 'whose JSON is cut off', type: json, body: '{"prompt": "A paper boat' },
  { what: 'whose body is empty', type: json, body: '' },
  { what: 'whose JSON is a list', type: json, body: '[1, 2]' },
  { what: 'whose body is a web form', type: 'application/x-www-form-urlencoded', body: 'prompt=A+paper+boat' },
  more('whose JSON is a text', '"A paper boat"'),
  more('whose JSON is a number', '7'),
  more('whose JSON is true', 'true'),
  more('whose JSON is null', 'null'),
  more('whose JSON is an empty list', '[]'),
  more('whose JSON is an empty object', '{}'),
  more('whose JSON is a list with an object', '[{"prompt": 7}]'),
  more('whose body is blank', ' \r\n\t '),
  more('whose body is an opening brace', '{'),
  more('whose body is a closing brace', '}'),
  more('whose JSON has a comma too many', '{"prompt": 7,}'),
  more('whose JSON has a comma too few', '{"prompt": 7 "size": 8}'),
  more('whose JSON is in single quotes', "{'prompt': 7}"),
  more('whose JSON has names without quotes', '{prompt: 7}'),
  more('whose JSON has a comment', '{"prompt": 7 /* a boat */}'),
  more('whose JSON has a number that is none', '{"prompt": NaN}'),
  more('whose JSON has a number with a leading zero', '{"prompt": 007}'),
  more('whose JSON has a line break inside a text', '{"prompt": ["A paper\nboat"]}'),
  more('whose JSON has an escape that does not exist', '{"prompt": ["A paper \\q boat"]}'),
  more('whose JSON has half an escape', '{"prompt": ["\\u12"]}'),
  more('whose JSON has something behind it', '{"prompt": 7} and more'),
  more('whose JSON is there twice', '{"prompt": 7}{"prompt": 8}'),
  more('whose JSON names a field twice', '{"prompt": 7, "prompt": 8}'),
  more('whose JSON begins with a byte order mark', '\ufeff{"prompt": 7}'),
  more('whose JSON is nested deeply in lists', `{"prompt": ${'['.repeat(depth)}${']'.repeat(depth)}}`),
  more('whose JSON is nested deeply in objects', `{"prompt": ${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`),
  more('whose JSON has an enormous number', `{"prompt": 1${'0'.repeat(400)}}`),
  more('whose JSON reaches for a prototype', '{"__proto__": {"prompt": "A paper boat"}}'),
  more('whose JSON is in two bytes a letter', Buffer.from('{"prompt": 7}', 'utf16le')),
  more('whose body is not text', Uint8Array.from([0, 255, 254, 128, 1, 2, 3])),
  more('whose body is a plain text', 'A paper boat', 'text/plain'),
  more('whose body is XML', '<request><prompt>A paper boat</prompt></request>', 'application/xml'),
  more('whose body is a web page', '<html><body>A paper boat</body></html>', 'text/html'),
  more('whose body is a form with another field', `${part}--proofsheet--\r\n`, form),
  more('whose content type is none', '{}', 'nonsense'),
];

/** What an operation that takes a form must refuse. */
export const brokenForms: readonly OddBody[] = [
  { what: 'whose form is empty', type: form, body: '--proofsheet--\r\n' },
  { what: 'whose form is JSON', type: json, body: '{"prompt": "A paper boat"}' },
  more('whose body is empty', '', form),
  more('whose form names no boundary', `${part}--proofsheet--\r\n`, 'multipart/form-data'),
  more('whose form names another boundary', `${part}--proofsheet--\r\n`, 'multipart/form-data; boundary=other'),
  more('whose form has only another field', `${part}--proofsheet--\r\n`, form),
  more('whose form ends inside a header', '--proofsheet\r\ncontent-dispo', form),
  more('whose form has a part without a name', '--proofsheet\r\n\r\nvalue\r\n--proofsheet--\r\n', form),
  more('whose body is JSON under the name of a form', '{"prompt": "A paper boat"}', form),
  more('whose body is a web form', 'prompt=A+paper+boat', 'application/x-www-form-urlencoded'),
];

/** Ways to write the very same JSON object that RFC 8259 or RFC 9110 leave to the server, and two that they do not. */
export function openBodies(text: string): readonly (OddBody & { readonly isLegal?: true })[] {
  const inside = text.slice(1);
  return [
    { what: 'whose content type names its charset', type: `${json}; charset=utf-8`, body: text, isLegal: true },
    { ...more('whose content type names its charset in quotes', text, `${json};charset="utf-8"`), isLegal: true },
    { ...more('whose JSON is full of blanks', ` \n\t{\r\n ${inside}\n \n`), isLegal: true },
    { what: 'without a content type', body: text, more: true },
    more('whose content type is in capitals', text, 'Application/JSON'),
    more('whose content type has a blank before its charset', text, `${json} ; charset=utf-8`),
    more('whose content type names another charset', text, `${json}; charset=iso-8859-1`),
    more('whose content type is that of any text', text, 'text/plain'),
    more('whose content type is that of an API of another kind', text, 'application/vnd.api+json'),
    more('whose JSON begins with a byte order mark', `\ufeff${text}`),
    more('whose JSON has something behind it', `${text} and more`),
    more('whose JSON names a field twice', `{"prompt": "A red kite", ${inside}`),
    more('whose JSON has bytes that are no UTF-8', broken(text)),
    more('whose JSON reaches for a prototype', `{"__proto__": {"n": 99}, "constructor": 1, ${inside}`),
    more('whose JSON has a field with an empty name', `{"": 1, ${inside}`),
    more('whose JSON has a hundred fields that no page knows', `{${many()}, ${inside}`),
    more('whose JSON is padded to a hundred thousand characters', `${text.slice(0, -1)}${' '.repeat(100_000)}}`),
  ];
}

function many(): string {
  return Array.from({ length: 100 }, (_, index) => `"proofsheet_unknown_${index}": ${index}`).join(', ');
}

function broken(text: string): Uint8Array {
  const bytes = Buffer.from(`{"proofsheet_unknown": "?", ${text.slice(1)}`);
  bytes[bytes.indexOf('?')] = 0xff;
  return bytes;
}
