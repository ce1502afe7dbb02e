/** Prism with the same contract, through the parts that its own command line starts, without its log. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const { getHttpOperationsFromSpec } = require('@stoplight/prism-cli/dist/operations');
const { createServer } = require('@stoplight/prism-http-server');
const { createLogger } = require('@stoplight/prism-core');

const contract = fileURLToPath(new URL(`../../specs/${process.argv[2] ?? 'gptimage15'}/openapi.yaml`, import.meta.url));
const server = createServer(await getHttpOperationsFromSpec(contract), {
  cors: false,
  config: {
    mock: { dynamic: false },
    isProxy: false,
    checkSecurity: true,
    validateRequest: true,
    validateResponse: false,
    errors: false,
  },
  components: { logger: createLogger('bench', { enabled: false }) },
});
const address = await server.listen(0, '127.0.0.1');
process.send?.({ port: Number(new URL(address).port) });
