import { expectTypeOf, test } from 'vitest';
import type { TaskError, TaskResult } from '../../src/core/task.js';
import type { GeneratedImage, GenerationResult, ImageClient, TaskState, VendorClient } from '../../src/entry/client.js';

// `tsc --noEmit` checks these: what must not compile stands under `@ts-expect-error`, in functions that nobody calls.

test('results can be read of a succeeded task only, and there is always one', () => {
  const read = (task: TaskState) => {
    // @ts-expect-error nobody knows whether it has ended
    task.results;
    // @ts-expect-error nor whether it failed
    task.error;
    if (task.phase === 'succeeded') {
      expectTypeOf(task.results[0]).toEqualTypeOf<TaskResult>();
      expectTypeOf(task.results[1]).toEqualTypeOf<TaskResult | undefined>();
      // @ts-expect-error a success has no error
      return task.error;
    }
    if (task.phase === 'failed') {
      expectTypeOf(task.error).toEqualTypeOf<TaskError>();
      // @ts-expect-error a failure has no results
      return task.results;
    }
    if (task.phase === 'cancelled') {
      expectTypeOf(task.error).toEqualTypeOf<TaskError | undefined>();
      // @ts-expect-error neither has a cancelled task
      return task.results;
    }
    expectTypeOf(task.phase).toEqualTypeOf<'queued' | 'running'>();
    // @ts-expect-error it has not ended
    return [task.results, task.progress];
  };
  expectTypeOf(read).toBeFunction();
});

test('phases are the five that all vendors share', () => {
  expectTypeOf<TaskState['phase']>().toEqualTypeOf<'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled'>();
  // @ts-expect-error a vendor's own word is no phase
  const isDone = (task: TaskState) => task.phase === 'completed';
  expectTypeOf(isDone).toBeFunction();
});

test('both clients tell the same states, the image client with files', () => {
  expectTypeOf<ReturnType<VendorClient<object>['readTask']>>().toEqualTypeOf<TaskState>();
  expectTypeOf<Awaited<ReturnType<ImageClient['task']>>>().toEqualTypeOf<TaskState<GeneratedImage>>();
  expectTypeOf<GenerationResult['images'][0]>().toEqualTypeOf<GeneratedImage>();
});
