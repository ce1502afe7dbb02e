import type { Generated } from '../generate.js';
import { codeHeader } from './header.js';
import { pascalCase, vendorFolders } from './names.js';

function key(name: string): string {
  return /^[a-z]\w*$/i.test(name) ? name : `'${name}'`;
}

/** The one place that knows which vendors exist: the folders of `specs`. */
export function vendorRegistry(root: string): Generated[] {
  const vendors = vendorFolders(root);
  const text = `${codeHeader}
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
${vendors.map((id) => `import type { paths as ${pascalCase(id)}Paths } from './${id}/schema.gen.js';`).join('\n')}

export type VendorId = ${vendors.map((id) => `'${id}'`).join(' | ')};

/** The paths of every contract as openapi-fetch takes them. */
export interface VendorPaths {
${vendors.map((id) => `  ${key(id)}: ${pascalCase(id)}Paths;`).join('\n')}
}

export const vendorIds: readonly VendorId[] = [${vendors.map((id) => `'${id}'`).join(', ')}];

/** The contract of a vendor: bundled as JSON in a build, because that is read faster, else the source. */
export function contractFile(id: VendorId): string {
  const bundled = fileURLToPath(new URL(\`./\${id}/openapi.json\`, import.meta.url));
  return existsSync(bundled) ? bundled : fileURLToPath(new URL(\`./\${id}/openapi.yaml\`, import.meta.url));
}
`;
  return [['specs/index.gen.ts', text]];
}
