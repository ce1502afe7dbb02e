/** The same picture from every vendor at once: one request shape, one result shape. */
import { generate, type VendorId, vendorIds } from 'proofsheet/client';
import { startMock } from 'proofsheet/mock';
import { save } from './target.js';

const mock = await startMock({ speed: 20 });
// As `proofsheet mock` serves them: every vendor under its own path of one origin.
const origin = process.env['BASE_URL'] ?? mock.origin;

async function draw(vendor: VendorId): Promise<string> {
  const { images, cost, timings } = await generate(
    vendor,
    { prompt: 'A lighthouse at dusk', size: '1536x1024' },
    { baseUrl: `${origin}/${vendor}` },
  );
  const path = await save(`${vendor}.png`, await images[0].bytes());
  const seconds = ((timings.finishedAt - timings.submittedAt) / 1000).toFixed(1);
  return `${vendor}: ${seconds} s, ${timings.polls} polls, cost ${cost?.amount ?? '?'} ${cost?.unit ?? ''}, ${path}`;
}

for (const line of await Promise.all(vendorIds.map(draw))) console.log(line);
await mock.close();
