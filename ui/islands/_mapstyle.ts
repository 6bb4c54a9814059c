/** The map's style, made of the page's own colours, fonts and land: nothing comes from another host. */
import type { FeatureCollection } from "geojson";
import type { StyleSpecification } from "maplibre-gl";

export interface Land {
  readonly countries: FeatureCollection;
  readonly borders: FeatureCollection;
}

const ARABIC = ["U+0600-06FF", "U+0750-077F", "U+08A0-08FF", "U+200C-200F", "U+FB50-FDFF", "U+FE70-FEFF"];
const FONT = ["Plex"];

/** Resolve a token such as `--accent` to rgb(): the map's library reads neither oklch nor light-dark(). */
export function colour(element: HTMLElement, token: string): string {
  const probe = document.createElement("span");
  probe.className = "hush";
  element.append(probe);
  probe.style.color = `var(${token})`;
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const wanted = getComputedStyle(probe).color;
  probe.remove();
  if (!pen) return wanted;
  pen.fillStyle = wanted;
  pen.fillRect(0, 0, 1, 1);
  const [r, g, b] = pen.getImageData(0, 0, 1, 1).data;
  return `rgb(${r}, ${g}, ${b})`;
}

/** Name each country's point in the page's language. */
export function named(countries: FeatureCollection, lang: string): FeatureCollection {
  const names = new Intl.DisplayNames([lang], { type: "region" });
  for (const { properties } of countries.features) {
    if (properties?.code) properties.name = names.of(String(properties.code)) ?? "";
  }
  return countries;
}

export function style(element: HTMLElement, land: Land, places: FeatureCollection, rings: FeatureCollection): StyleSpecification {
  const [sea, ground, rule, ink, accent, panel] = ["--sunken", "--panel", "--edge", "--ink", "--accent", "--panel"].map((token) =>
    colour(element, token),
  ) as [string, string, string, string, string, string];
  const quiet = colour(element, "--ink-2");
  const chosen = ["boolean", ["feature-state", "chosen"], false];
  return {
    version: 8,
    "font-faces": {
      Plex: [
        { url: new URL(element.dataset.fontArabic ?? "", location.href).href, "unicode-range": ARABIC },
        { url: new URL(element.dataset.fontLatin ?? "", location.href).href, "unicode-range": ["U+0000-05FF", "U+1E00-206F"] },
      ],
    },
    sources: {
      land: { type: "geojson", data: land.countries },
      borders: { type: "geojson", data: land.borders },
      circles: { type: "geojson", data: rings },
      places: { type: "geojson", data: places },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": sea } },
      { id: "land", type: "fill", source: "land", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": ground } },
      { id: "borders", type: "line", source: "borders", paint: { "line-color": rule, "line-width": ["interpolate", ["linear"], ["zoom"], 3, 0.8, 8, 1.6] } },
      {
        id: "countries",
        type: "symbol",
        source: "land",
        filter: ["all", ["==", ["geometry-type"], "Point"], [">", ["get", "size"], ["step", ["zoom"], 12, 4, 4, 5, 0.5]]],
        layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": ["interpolate", ["linear"], ["zoom"], 3, 12, 7, 17] },
        paint: { "text-color": quiet, "text-halo-color": panel, "text-halo-width": 1.5 },
      },
      { id: "circle-fill", type: "fill", source: "circles", paint: { "fill-color": accent, "fill-opacity": ["case", chosen, 0.3, 0.14] as never } },
      { id: "circle-line", type: "line", source: "circles", paint: { "line-color": accent, "line-width": ["case", chosen, 2.5, 1.2] as never, "line-dasharray": [3, 2] } },
      {
        id: "points",
        type: "circle",
        source: "places",
        paint: {
          "circle-radius": ["case", chosen, 8, 5] as never,
          "circle-color": ["case", ["get", "precise"], accent, panel],
          "circle-stroke-color": accent,
          "circle-stroke-width": 2,
        },
      },
      {
        id: "titles",
        type: "symbol",
        source: "places",
        layout: { "text-field": ["get", "title"], "text-font": FONT, "text-size": 13, "text-variable-anchor": ["top", "bottom"], "text-radial-offset": 0.8, "text-max-width": 14, "text-optional": true },
        paint: { "text-color": ink, "text-halo-color": panel, "text-halo-width": 1.5 },
      },
    ],
  };
}
