/** The example of the documentation, in a page of its own. */
import { picture } from '../../examples/with-msw-browser.js';

// The types of this project are those of a server.
declare const Image: new () => { src: string; naturalWidth: number; naturalHeight: number; decode(): Promise<void> };

async function shown() {
  const image = new Image();
  image.src = await picture('A quiet bay');
  await image.decode();
  return [image.naturalWidth, image.naturalHeight];
}
Object.assign(globalThis, { scenes: { shown } });
