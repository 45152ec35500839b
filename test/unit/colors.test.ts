import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {describe, it} from "node:test";
import {NEUTRAL_COLORS} from "../../loaders/charts/colors.js";

type Triple = readonly [number, number, number];

const style = readFileSync(new URL("../../loaders/src/benchbook/style.css", import.meta.url), "utf8");
/** The custom properties of each block that defines the background: light, dark and print. */
const palettes = [...style.matchAll(/:root \{([^}]*--background[^}]*)\}/g)].map(
  ([, block = ""]) =>
    new Map(
      [...block.matchAll(/(--[\w-]+): (#[0-9a-f]+);/g)].map(([, name = "", value = ""]) => [name, value])
    )
);

/** How colours look with full colour vision, and without one kind of cone (Machado et al. 2009). */
const sights: Record<string, readonly [Triple, Triple, Triple]> = {
  common: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1]
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998]
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881]
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039]
  ]
};

const dot = ([a, b, c]: Triple, [x, y, z]: Triple) => a * x + b * y + c * z;

function linear(color: string): Triple {
  const [r = 0, g = 0, b = 0] =
    (color.length === 4 ? color.replace(/[^#]/g, "$&$&") : color)
      .slice(1)
      .match(/../g)
      ?.map((digits) => Number.parseInt(digits, 16) / 255)
      .map((share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4)) ?? [];
  return [r, g, b];
}

function contrast(a: string, b: string): number {
  const [darker = 0, lighter = 0] = [a, b]
    .map((color) => dot(linear(color), [0.2126, 0.7152, 0.0722]) + 0.05)
    .sort((x, y) => x - y);
  return lighter / darker;
}

/** A colour in CIELAB, as seen with a kind of sight. */
function lab(color: string, [r, g, b]: readonly [Triple, Triple, Triple]): Triple {
  const rgb = linear(color);
  const seen: Triple = [dot(r, rgb), dot(g, rgb), dot(b, rgb)];
  const root = (share: number) => (share > 0.008856 ? Math.cbrt(share) : 7.787 * share + 16 / 116);
  const x = root(Math.max(0, dot([0.4124, 0.3576, 0.1805], seen)) / 0.95047);
  const y = root(Math.max(0, dot([0.2126, 0.7152, 0.0722], seen)));
  const z = root(Math.max(0, dot([0.0193, 0.1192, 0.9505], seen)) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

describe("the neutral colours of series", () => {
  assert.equal(palettes.length, 3, "light, dark, print");
  for (const [i, scheme] of ["light", "dark", "print"].entries()) {
    const palette = palettes[i] ?? new Map<string, string>();
    const colors = Array.from({length: NEUTRAL_COLORS}, (_, k) => palette.get(`--series-${k + 1}`) ?? "");
    const background = palette.get("--background") ?? "";

    it(`can be read on the background: ${scheme}`, () => {
      for (const color of colors) assert.ok(contrast(color, background) >= 4.5, color);
    });

    for (const [sight, matrix] of Object.entries(sights))
      it(`can be told apart with ${sight} sight: ${scheme}`, () => {
        for (const [k, color] of colors.entries())
          for (const other of colors.slice(k + 1)) {
            const distance = Math.hypot(
              ...lab(color, matrix).map((at, n) => at - (lab(other, matrix)[n] ?? 0))
            );
            assert.ok(distance > 20, `${color} and ${other}: ${distance.toFixed(1)}`);
          }
      });
  }
});
