/** One call for a picture, and what can go wrong with it, told apart by class. */
import {
  DeadlineError,
  generate,
  OutcomeUnknownError,
  TaskFailedError,
  UnsupportedError,
  VendorRefusedError,
} from 'proofsheet/client';
import { openTarget, save } from './target.js';

const { baseUrl, close } = await openTarget('evolink');

async function draw(prompt: string, size: string): Promise<void> {
  try {
    const { images, taskId } = await generate('evolink', { prompt, size, count: 2 }, { baseUrl, timeoutMs: 60_000 });
    for (const [index, image] of images.entries())
      console.log(`${taskId}: saved ${await save(`bay-${index}.png`, await image.bytes())}`);
  } catch (error) {
    // Nothing was sent: the contract has no way to do this.
    if (error instanceof UnsupportedError) console.log(`cannot: ${error.what}; can: ${error.supported.join(', ')}`);
    // The vendor's own code tells why.
    else if (error instanceof TaskFailedError) console.log(`failed: ${error.code}: ${error.reason}`);
    else if (error instanceof VendorRefusedError) console.log(`refused: ${error.status} ${error.code}`);
    // The task goes on: `resume` takes this id.
    else if (error instanceof DeadlineError) console.log(`not ready yet: ${error.taskId}`);
    // It may have cost money, so nothing sends it again by itself.
    else if (error instanceof OutcomeUnknownError) console.log(`unknown: ${error.message}`);
    else throw error;
  }
}

await draw('An evening sky above a quiet bay', '1536x1024');
await draw('An evening sky above a quiet bay', '640x480');
await draw('A policy violation', '1024x1024');
await close();
