// Cuts the region's land and border lines out of the world atlas, as two small GeoJSON collections.
import { readFile } from "node:fs/promises";
import { feature, mesh } from "topojson-client";

const [WEST, SOUTH, EAST, NORTH] = [-26, -6, 42, 42];
const GRID = 200; // 0.005 degrees, about 550 m: finer than any point drawn on it

// ISO 3166 numeric → alpha-2 for the countries that are named on the map.
const CODES = {
  "012": "DZ", 466: "ML", 478: "MR", 562: "NE", 854: "BF", 434: "LY", 148: "TD", 504: "MA", 732: "EH", 788: "TN",
  818: "EG", 729: "SD", 686: "SN", 324: "GN", 624: "GW", 270: "GM", 694: "SL", 430: "LR", 384: "CI", 288: "GH",
  768: "TG", 204: "BJ", 566: "NG", 120: "CM", 140: "CF", 728: "SS", 178: "CG", 266: "GA", 226: "GQ", 724: "ES",
  620: "PT", 380: "IT", 300: "GR", 470: "MT", 132: "CV", 792: "TR", 231: "ET", 232: "ER", 180: "CD", 404: "KE", 800: "UG",
};

const snap = (v) => Math.round(v * GRID) / GRID;
const inside = ([x, y]) => x >= WEST && x <= EAST && y >= SOUTH && y <= NORTH;

function coarse(points) {
  const kept = points.map(([x, y]) => [snap(x), snap(y)]);
  return kept.filter((p, i) => i === 0 || p[0] !== kept[i - 1][0] || p[1] !== kept[i - 1][1]);
}

/** Sutherland–Hodgman against one edge of the box: axis 0 or 1, the bound, and on which side to stay. */
function cut(ring, axis, bound, below) {
  const ok = (p) => (below ? p[axis] <= bound : p[axis] >= bound);
  const result = [];
  ring.forEach((point, i) => {
    const before = ring[(i + ring.length - 1) % ring.length];
    if (ok(point) !== ok(before)) {
      const share = (bound - before[axis]) / (point[axis] - before[axis]);
      const other = before[1 - axis] + share * (point[1 - axis] - before[1 - axis]);
      result.push(axis === 0 ? [bound, other] : [other, bound]);
    }
    if (ok(point)) result.push(point);
  });
  return result;
}

function clip(ring) {
  if (!ring.some(inside)) return [];
  const open = ring.slice(0, -1);
  const cuts = [[0, WEST, false], [0, EAST, true], [1, SOUTH, false], [1, NORTH, true]];
  const kept = coarse(cuts.reduce((points, edge) => (points.length ? cut(points, ...edge) : points), open));
  return kept.length > 2 ? [...kept, kept[0]] : [];
}

function area(ring) {
  let twice = 0;
  for (let i = 1; i < ring.length; i++) twice += ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1];
  return Math.abs(twice / 2);
}

function centre(ring) {
  let [x, y, twice] = [0, 0, 0];
  for (let i = 1; i < ring.length; i++) {
    const cross = ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1];
    x += (ring[i - 1][0] + ring[i][0]) * cross;
    y += (ring[i - 1][1] + ring[i][1]) * cross;
    twice += cross;
  }
  return [snap(x / (3 * twice)), snap(y / (3 * twice))];
}

function country({ id, geometry }) {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const kept = polygons.map((rings) => rings.map(clip).filter((r) => r.length)).filter((rings) => rings.length);
  if (!kept.length) return [];
  const largest = kept.map((rings) => rings[0]).sort((a, b) => area(b) - area(a))[0];
  const code = CODES[id] ?? "";
  const land = { type: "Feature", properties: { code }, geometry: { type: "MultiPolygon", coordinates: kept } };
  if (!code || area(largest) < 0.5) return [land];
  return [land, { type: "Feature", properties: { code, size: area(largest) }, geometry: { type: "Point", coordinates: centre(largest) } }];
}

function pieces(line) {
  const runs = [[]];
  for (const point of line) {
    if (inside(point)) runs.at(-1).push(point);
    else if (runs.at(-1).length) runs.push([]);
  }
  return runs.map(coarse).filter((run) => run.length > 1);
}

/** Return the land of the region (with a point where each name stands) and its border lines without the coast. */
export async function borders(path) {
  const atlas = JSON.parse(await readFile(path, "utf8"));
  const land = feature(atlas, atlas.objects.countries).features.flatMap(country);
  const shared = mesh(atlas, atlas.objects.countries, (a, b) => a !== b).coordinates.flatMap(pieces);
  const geometry = { type: "MultiLineString", coordinates: shared };
  return {
    countries: { type: "FeatureCollection", features: land },
    lines: { type: "FeatureCollection", features: [{ type: "Feature", properties: {}, geometry }] },
  };
}
