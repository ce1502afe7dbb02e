import type { StreamEvent, StreamQuirk } from '../servers/apigo.js';
import { drop, get, put } from '../servers/kit.js';
import { type Mutant, mutant } from './mutant.js';

export const events = (change: NonNullable<StreamQuirk['events']>): StreamQuirk => ({ events: change });
export const last = (all: readonly StreamEvent[]) => all.slice(-1);
const eachData = (change: (data: StreamEvent['data']) => StreamEvent['data']) =>
  events((all) => all.map(({ event, data }) => ({ event, data: change(data) })));

/** What a stream of pictures can do wrong. */
export const apigoStreamMutants: readonly Mutant[] = [
  mutant(
    'previews-backwards',
    'P13',
    'counts previews backwards',
    events((all) => [...all.slice(0, -1).reverse(), ...last(all)]),
  ),
  mutant(
    'previews-from-one',
    'P13',
    'counts previews from 1',
    eachData((data) =>
      data['partial_image_index'] === undefined
        ? data
        : put(data, '/partial_image_index', Number(data['partial_image_index']) + 1),
    ),
  ),
  mutant(
    'too-many-previews',
    'P13',
    'sends more previews than were asked for',
    events((all) => {
      const extra = [2, 3].map((index) => ({
        event: all[0]?.event ?? '',
        data: put(all[0]?.data ?? {}, '/partial_image_index', index),
      }));
      return all.length < 3 ? all : [...all.slice(0, -1), ...extra, ...last(all)];
    }),
  ),
  mutant(
    'ends-twice',
    'P13',
    'completes twice',
    events((all) => [...all, ...last(all)]),
  ),
  mutant(
    'never-completes',
    'P13',
    'ends a stream without the picture',
    events((all) => all.slice(0, -1)),
  ),
  mutant('says-done', 'P13', 'ends a stream with [DONE]', {
    text: (text: string) => `${text}data: [DONE]\n\n`,
  } as StreamQuirk),
  mutant(
    'preview-after-end',
    'P13',
    'sends a preview after the end',
    events((all) => [...last(all), ...all.slice(0, -1)]),
  ),
  mutant(
    'no-stream-usage',
    'P13',
    'completes without usage',
    eachData((data) => drop(data, '/usage')),
  ),
  mutant(
    'broken-stream-picture',
    'P13',
    'sends pictures that are none',
    eachData((data) => put(data, '/b64_json', 'bm90aGluZw==')),
  ),
  mutant(
    'other-event-type',
    'P13',
    'names another type inside an event',
    eachData((data) => put(data, '/type', 'image.done')),
  ),
  mutant(
    'stream-usage-sum',
    'P3',
    'tells a total in a stream that is no sum',
    eachData((data) =>
      data['usage'] === undefined
        ? data
        : put(data, '/usage/total_tokens', Number(get(data, '/usage/total_tokens')) + 9),
    ),
  ),
];
