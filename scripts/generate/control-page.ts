import { join } from 'node:path';
import { loadContract } from '../../src/contract/load-contract.js';
import { resolve } from '../../src/contract/operations.js';
import type { Generated } from '../generate.js';
import { pageHeader } from './header.js';

interface Described {
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly unknown[];
  readonly requestBody?: { readonly content?: { readonly 'application/json'?: { readonly example?: unknown } } };
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly description?: string;
  readonly schema?: { readonly enum?: readonly string[]; readonly type?: string; readonly default?: unknown };
}

const host = 'http://127.0.0.1:4010/__proofsheet';

/** What stands in the examples where a call names a vendor, a task, a delivery or a namespace. */
const places: Readonly<Record<string, string>> = {
  vendor: 'VENDOR',
  id: 'ID',
  account: '1',
  name: 'NAME',
};

function curl(method: string, path: string, example: unknown): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => places[name] ?? name.toUpperCase());
  const how = method === 'GET' ? '' : ` -X ${method}`;
  const body = example === undefined ? '' : ` -d '${JSON.stringify(example)}'`;
  return `curl${how} ${host}${filled === '/' ? '' : filled}${body}`;
}

function parameterLine({ name, description, schema }: Parameter): string {
  const values = schema?.enum?.map((value) => `\`${value}\``).join(', ') ?? schema?.type ?? 'string';
  const usual = schema?.default === undefined ? '' : `, ${String(schema.default)} by default`;
  return `- \`?${name}=\` ${values}${usual}${description === undefined ? '' : `. ${description}`}`;
}

/** The page of every call of the control API, from its own document. */
export async function controlPage(root: string): Promise<Generated[]> {
  const api = await loadContract(join(root, 'mocks/control/openapi.yaml'));
  const at = (pointer: string) => resolve(api.document, pointer).value as never;
  const calls = api.operations.map((operation) => {
    const described = at(operation.pointer) as Described;
    const parameters = (described.parameters ?? [])
      .map((_, index) => at(`${operation.pointer}/parameters/${index}`) as Parameter)
      .map(({ schema, ...rest }, index) => ({
        ...rest,
        ...(schema === undefined ? {} : { schema: at(`${operation.pointer}/parameters/${index}/schema`) as never }),
      }))
      .filter((parameter) => parameter.in === 'query');
    const example = described.requestBody?.content?.['application/json']?.example;
    if (described.requestBody !== undefined && example === undefined)
      throw new Error(`${operation.id} of the control API has a body, and no example of it`);
    return { ...operation, summary: described.summary ?? '', tag: described.tags?.[0] ?? '', parameters, example };
  });
  const { tags = [], info } = api.document as never as {
    tags?: { name: string; description?: string }[];
    info: { description: string };
  };
  const sections = tags.map(({ name, description }) => {
    const own = calls.filter(({ tag }) => tag === name);
    const rows = own.map(({ method, path, summary }) => `| \`${method}\` | \`${path}\` | ${summary} |`);
    const details = own.map(({ id, method, path, parameters, example }) =>
      [
        `### ${id}`,
        ['```sh', curl(method, path, example), '```'].join('\n'),
        ...(parameters.length === 0 ? [] : [parameters.map(parameterLine).join('\n')]),
      ].join('\n\n'),
    );
    const head = [
      `## ${name}`,
      description ?? '',
      ['| method | path | what |', '| --- | --- | --- |', ...rows].join('\n'),
    ];
    return [...head, ...details].join('\n\n');
  });
  const introduction = `${info.description.trim()} A running mock answers it under \`/__proofsheet\`;
[its OpenAPI document](../mocks/control/openapi.yaml) has every field. A body that a mock cannot read is a 400, what is not
there a 404, what cannot be done now a 409, each with a message.`;
  return [['docs/control.md', `${pageHeader}\n# Control API\n\n${introduction}\n\n${sections.join('\n\n')}\n`]];
}
