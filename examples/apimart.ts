/** The typed client by hand: submit, ask until the task has ended, read its result by phase. */
import { setTimeout as sleep } from 'node:timers/promises';
import { vendorClient } from 'proofsheet/client';
import { openTarget, save } from './target.js';

const { baseUrl, close } = await openTarget('apimart');
// With `validate`, an answer that breaks the contract is an error that names the place.
const client = await vendorClient('apimart', { baseUrl, validate: true });

const submitted = await client.POST('/v1/images/generations', {
  body: { model: 'gpt-image-1.5-official', prompt: 'A lighthouse at dusk', size: '3:2', output_format: 'jpeg' },
});
if (submitted.error) throw new Error(`${submitted.response.status}: ${submitted.error.error.message}`);
const task_id = submitted.data.data[0]?.task_id ?? '';

for (;;) {
  const { data, error } = await client.GET('/v1/tasks/{task_id}', { params: { path: { task_id } } });
  if (error) throw new Error(error.error.message);
  const task = client.readTask(data);
  console.log(`${task.statusWord} ${task.progress ?? 0}%`);

  if (task.phase === 'succeeded') {
    // Only here are there results, and always at least one.
    const file = await fetch(task.results[0].url ?? '');
    const path = await save('lighthouse.jpg', new Uint8Array(await file.arrayBuffer()));
    console.log(`saved ${path}, cost ${task.cost?.amount} ${task.cost?.unit}`);
    break;
  }
  if (task.phase === 'failed') throw new Error(task.error.message);
  if (task.phase === 'cancelled') throw new Error('somebody cancelled the task');
  await sleep(200);
}
await close();
