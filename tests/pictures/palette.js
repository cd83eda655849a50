// Reduce a picture to at most 256 colours: the most frequent stay, each other becomes the nearest of them.
async (address) => {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const seen = new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);
  const times = new Map();
  for (const colour of seen) times.set(colour, (times.get(colour) || 0) + 1);
  const kept = [...times].sort((one, other) => other[1] - one[1] || one[0] - other[0]).slice(0, 256).map(([colour]) => colour);
  const parts = (colour) => [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255];
  const palette = kept.map(parts);
  const nearest = new Map();
  for (const colour of times.keys()) {
    const [red, green, blue] = parts(colour);
    let best = 0, least = Infinity;
    palette.forEach(([r, g, b], place) => {
      const distance = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
      if (distance < least) [best, least] = [place, distance];
    });
    nearest.set(colour, best);
  }
  let rows = "";
  for (const colour of seen) rows += String.fromCharCode(nearest.get(colour));
  return { width: image.width, height: image.height, palette: palette.flat(), rows: btoa(rows) };
}
