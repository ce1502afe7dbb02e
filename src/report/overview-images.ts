import { html, type Markup } from './html-markup.js';

export interface OverviewImage {
  readonly caption: string;
  /** `data:image/png;base64,…`, or JPEG or WebP; anything else is named and not shown. */
  readonly dataUri: string;
}

const harmlessImage = /^data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/=]+$/;

/** The delivered images as a contact sheet, numbered like the frames of a film. */
export function contactSheet(images: readonly OverviewImage[]): Markup | undefined {
  if (images.length === 0) return undefined;
  return html`
<section>
<h2>Proof sheet</h2>
<div class="sheet">${images.map(frame)}
</div>
</section>`;
}

function frame({ caption, dataUri }: OverviewImage, index: number): Markup {
  const number = String(index + 1).padStart(2, '0');
  const picture = harmlessImage.test(dataUri)
    ? html`<img src="${dataUri}" alt="${caption}" loading="lazy">`
    : html`<div class="missing">left out: not a PNG, JPEG or WebP data URI</div>`;
  return html`
<figure><div class="print">${picture}</div><figcaption><b>${number}</b> ${caption}</figcaption></figure>`;
}
