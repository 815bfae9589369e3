// The QR reader for phones whose browser has none: Paul Miller's qr, MIT (vendor/qr/LICENSE-MIT).

import { BarcodeDetector } from "../vendor/qr/decode.js";

const reader = new BarcodeDetector({ formats: ["qr_code"] });

export const detect = (source: CanvasImageSource): Promise<{ rawValue: string }[]> => reader.detect(source);
