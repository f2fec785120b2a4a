/** A favicon with a dot, drawn over the page's own, as a blob URL; null where the page has no icon that can be read. */
export async function badgedIcon(source: string): Promise<string | null> {
  const image = new Image();
  image.crossOrigin = 'anonymous';
  image.src = source;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = 64;
  canvas.height = 64;
  const pen = canvas.getContext('2d');
  if (!pen) return null;
  pen.drawImage(image, 0, 0, 64, 64);
  pen.globalCompositeOperation = 'destination-out';
  disc(pen, 20);
  pen.globalCompositeOperation = 'source-over';
  pen.fillStyle = '#d92d20';
  disc(pen, 16);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  return blob && URL.createObjectURL(blob);
}

function disc(pen: CanvasRenderingContext2D, radius: number): void {
  pen.beginPath();
  pen.arc(46, 46, radius, 0, Math.PI * 2);
  pen.fill();
}
