/** A task that outlives the program: submit, keep the id, and wait for it later, from anywhere. */
import { imageClient } from 'proofsheet/client';
import { openTarget, save } from './target.js';

const { baseUrl, close } = await openTarget('gptimage15');

const here = await imageClient('gptimage15', { baseUrl });
const { taskId } = await here.submit({ prompt: 'A fox in the snow', size: '1024x1536', quality: 'high' });
console.log(`submitted ${taskId}`);

// Another program, another day: the id is all that is needed.
const there = await imageClient('gptimage15', { baseUrl });
console.log(`now it is ${(await there.task(taskId)).phase}`);
const { images, cost, timings } = await there.resume(taskId, {
  timeoutMs: 60_000,
  onProgress: (event) => {
    if (event.type === 'polled') console.log(`poll ${event.poll}: ${event.statusWord}`);
  },
});
console.log(`saved ${await save('fox.png', await images[0].bytes())}`);
console.log(`${timings.polls} polls, cost ${cost?.amount} ${cost?.unit}`);
await close();
