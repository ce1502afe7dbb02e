/**
 * Work like that of the thread that makes pictures, in a process that has nothing to do with any server: it compresses
 * without a pause, at the same low priority. Meant to be stopped and continued by signals.
 */
import { setPriority } from 'node:os';
import { deflateSync } from 'node:zlib';

setPriority(10);
const pixels = Uint8Array.from({ length: 1024 * 1024 * 3 }, (_, index) => (index * index) >> 11);
process.send?.('ready');
for (;;) deflateSync(pixels);
