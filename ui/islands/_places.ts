/** Places as they stand in a table on the page, and the shapes a map draws of them. */
import type { Feature, FeatureCollection } from "geojson";

export interface Place {
  readonly row: HTMLTableRowElement;
  readonly title: string;
  readonly href: string;
  readonly lat: number;
  readonly lon: number;
  /** Radius in metres within which the place lies; null when nobody said. */
  readonly withinM: number | null;
  /** South, west, north, east of an announced box, in degrees; null for a place. */
  readonly box: readonly [number, number, number, number] | null;
  /** From when and until when it holds, in milliseconds; null at either end when nobody said. */
  readonly begins: number | null;
  readonly ends: number | null;
}

/** Whether a place holds at a moment: what says no time holds always. */
export function holds(place: Place, at: number | null): boolean {
  return at === null || ((place.begins ?? at) <= at && at <= (place.ends ?? at));
}

/** The first and last hour that any place names; null when none names any. */
export function span(places: readonly Place[]): [number, number] | null {
  const named = places.flatMap((place) => [place.begins, place.ends]).filter((at): at is number => at !== null);
  return named.length ? [Math.min(...named), Math.max(...named)] : null;
}

function moment(text: string | undefined): number | null {
  const at = Date.parse(text ?? "");
  return Number.isNaN(at) ? null : at;
}

const METRES_PER_DEGREE = 111_320;
/** The map's library sets vowel signs beside their letters; a label reads well without them. */
const VOWEL_SIGNS = /[\u064b-\u0652\u0670]/g;
/** Below this a circle is drawn as a point alone: it would not be seen. */
const POINT_M = 1_000;

function number(text: string | undefined): number | null {
  return text === undefined || text.trim() === "" || !Number.isFinite(Number(text)) ? null : Number(text);
}

/** Read the rows of `<table data-map>`; a row without coordinates stays in the list alone. */
export function readPlaces(table: HTMLTableElement): Place[] {
  return [...table.querySelectorAll<HTMLTableRowElement>("tbody > tr")].flatMap((row) => {
    const [lat, lon] = [number(row.dataset.latE7), number(row.dataset.lonE7)];
    if (lat === null || lon === null) return [];
    const { title = "", href = "" } = row.dataset;
    const box = readBox(row.dataset.box);
    const [begins, ends] = [moment(row.dataset.begins), moment(row.dataset.ends)];
    const withinM = number(row.dataset.precisionM);
    return [{ row, title, href, lat: lat / 1e7, lon: lon / 1e7, withinM, box, begins, ends }];
  });
}

function readBox(text: string | undefined): Place["box"] {
  const [south, west, north, east] = (text ?? "").split(",").map(number);
  if (south == null || west == null || north == null || east == null) return null;
  return [south / 1e7, west / 1e7, north / 1e7, east / 1e7];
}

/** What is drawn around a place: its box, its circle, or nothing. */
function around(place: Place): [number, number][] | null {
  if (place.box) {
    const [south, west, north, east] = place.box;
    return [[west, south], [east, south], [east, north], [west, north], [west, south]];
  }
  return place.withinM === null || place.withinM <= POINT_M ? null : circle(place.lat, place.lon, place.withinM);
}

/** A circle of `radiusM` metres as a ring of degrees, true to the ground at this latitude. */
export function circle(lat: number, lon: number, radiusM: number): [number, number][] {
  const degrees = radiusM / METRES_PER_DEGREE;
  const stretch = 1 / Math.max(Math.cos((lat * Math.PI) / 180), 0.05);
  return Array.from({ length: 65 }, (_, index) => {
    const angle = (index / 64) * 2 * Math.PI;
    return [lon + degrees * stretch * Math.cos(angle), lat + degrees * Math.sin(angle)];
  });
}

export function points(places: readonly Place[], at: number | null = null): FeatureCollection {
  const features = places.flatMap((place, id): Feature[] => {
    if (!holds(place, at)) return [];
    const precise = place.withinM !== null && place.withinM <= POINT_M;
    const properties = { title: place.title.replace(VOWEL_SIGNS, ""), precise };
    return [{ type: "Feature", id, properties, geometry: { type: "Point", coordinates: [place.lon, place.lat] } }];
  });
  return { type: "FeatureCollection", features };
}

export function circles(places: readonly Place[], at: number | null = null): FeatureCollection {
  const features = places.flatMap((place, id): Feature[] => {
    const ring = around(place);
    if (!ring || !holds(place, at)) return [];
    return [{ type: "Feature", id, properties: {}, geometry: { type: "Polygon", coordinates: [ring] } }];
  });
  return { type: "FeatureCollection", features };
}

/** West, south, east, north of all places with their circles; null when there is none. */
export function extent(places: readonly Place[]): [number, number, number, number] | null {
  const rings = places.flatMap((place) => around(place) ?? circle(place.lat, place.lon, place.withinM ?? 0));
  if (!rings.length) return null;
  const [x, y] = [rings.map((p) => p[0]), rings.map((p) => p[1])];
  return [Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)];
}
