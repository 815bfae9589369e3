// A photo is drawn anew, small and without what the camera wrote into it, before it is kept.

const side = 1280;
const most = 400_000; // bytes

export async function shrink(file: Blob): Promise<string> {
  const image = await createImageBitmap(file);
  try {
    const scale = Math.min(1, side / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(image.width * scale));
    canvas.height = Math.max(1, Math.round(image.height * scale));
    const g = canvas.getContext("2d");
    if (!g) throw new Error("no canvas");
    g.drawImage(image, 0, 0, canvas.width, canvas.height);
    for (const quality of [0.75, 0.6, 0.45, 0.3]) {
      const data = canvas.toDataURL("image/jpeg", quality).split(",")[1];
      if (data.length * 0.75 < most) return data;
    }
    throw new Error("too large");
  } finally {
    image.close();
  }
}
