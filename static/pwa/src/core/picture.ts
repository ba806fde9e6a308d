// Photos are made small before they travel, and named by their SHA-256. Knows no table and no screen.
const LONGEST_SIDE = 1600;
const LARGEST_BYTES = 300 * 1024;
const QUALITIES = [0.82, 0.7, 0.58, 0.46, 0.36];

export function fitInside(width: number, height: number, side = LONGEST_SIDE): [number, number] {
  const scale = Math.min(1, side / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/** Tries a lower quality, then a smaller picture, until it fits. */
export async function shrinkWith(
  encode: (side: number, quality: number) => Promise<Blob>,
  limit = LARGEST_BYTES,
): Promise<Blob> {
  let last: Blob | null = null;
  for (const side of [LONGEST_SIDE, 1200, 800]) {
    for (const quality of QUALITIES) {
      last = await encode(side, quality);
      if (last.size <= limit) return last;
    }
  }
  if (!last) throw new Error('nothing was encoded');
  return last;
}

function toJpeg(
  picture: CanvasImageSource,
  size: [number, number],
  side: number,
  quality: number,
): Promise<Blob> {
  const [width, height] = fitInside(size[0], size[1], side);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be encoded'))),
      'image/jpeg',
      quality,
    );
  });
}

export async function sha256(blob: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The picture in a picked file; older iPhones open it only as an image on a page. */
async function opened(file: Blob): Promise<{ source: CanvasImageSource; size: [number, number] }> {
  if (typeof createImageBitmap === 'function') {
    const bitmap = await createImageBitmap(file);
    return { source: bitmap, size: [bitmap.width, bitmap.height] };
  }
  const image = new Image();
  image.src = URL.createObjectURL(file);
  await image.decode();
  return { source: image, size: [image.naturalWidth, image.naturalHeight] };
}

/** A picked file made small: upright, JPEG, without what the camera wrote into it. */
export async function shrink(file: Blob, limit = LARGEST_BYTES): Promise<Blob> {
  const { source, size } = await opened(file);
  return shrinkWith((side, quality) => toJpeg(source, size, side, quality), limit);
}
