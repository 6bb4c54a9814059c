/**
 * `<tq-map>`: the places of the table inside it on the region's own land, list and map in step. Library, worker,
 * land, borders and fonts are files of this host, named by data attributes. If anything fails the table stays.
 */
import type * as MapLibre from "maplibre-gl";
import { type Land, named, style } from "./_mapstyle";
import { type Place, circles, extent, holds, points, readPlaces, span } from "./_places";

type Library = typeof MapLibre;

const SAHEL: [number, number] = [1.5, 20.5];
const LAYERS = ["points", "circle-fill"];
const HOUR = 3_600_000;

async function json<T>(address: string): Promise<T> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return (await answer.json()) as T;
}

class Places extends HTMLElement {
  #places: Place[] = [];
  #map: MapLibre.Map | null = null;
  #chosen: number | null = null;
  #popup: MapLibre.Popup | null = null;
  /** The moment shown; null = all times. */
  #at: number | null = null;
  #scheme = matchMedia("(prefers-color-scheme: dark)");

  connectedCallback(): void {
    const table = this.querySelector<HTMLTableElement>("table[data-map]");
    if (!table) return;
    this.#places = readPlaces(table);
    const stage = document.createElement("div");
    stage.className = "map-stage";
    stage.dir = "ltr";
    this.prepend(stage);
    this.#draw(stage).catch((fault: unknown) => this.#plain(stage, fault));
  }

  disconnectedCallback(): void {
    this.#map?.remove();
    this.#map = null;
  }

  #plain(stage: HTMLElement, fault: unknown): void {
    console.warn("tq-map", fault);
    stage.remove();
    this.dataset.state = "plain";
    const note = document.createElement("p");
    note.textContent = this.dataset.failed ?? "";
    this.querySelector(".map-note")?.prepend(note);
  }

  async #draw(stage: HTMLElement): Promise<void> {
    const { lib = "", worker = "", land = "", borders = "" } = this.dataset;
    const library = (await import(new URL(lib, location.href).href)) as Library;
    library.setWorkerUrl(new URL(worker, location.href).href);
    const atlas: Land = { countries: await json(land), borders: await json(borders) };
    named(atlas.countries, document.documentElement.lang);
    const drawn = () => style(this, atlas, points(this.#places, this.#at), circles(this.#places, this.#at));
    const map = new library.Map({
      container: stage,
      style: drawn(),
      center: SAHEL,
      zoom: 3.6,
      minZoom: 2,
      maxZoom: 11,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      cooperativeGestures: false,
      fadeDuration: 0,
      locale: {
        "Map.Title": this.dataset.label ?? "",
        "NavigationControl.ZoomIn": this.dataset.zoomIn ?? "",
        "NavigationControl.ZoomOut": this.dataset.zoomOut ?? "",
      },
    });
    this.#map = map;
    map.addControl(new library.NavigationControl({ showCompass: false }), document.dir === "rtl" ? "top-left" : "top-right");
    this.#popup = new library.Popup({ closeButton: false, className: "tq-popup", offset: 12 });
    const box = extent(this.#places);
    if (box) map.fitBounds(box, { padding: 60, maxZoom: 7, animate: false });
    this.#scheme.addEventListener("change", () => map.setStyle(drawn()));
    this.#fromMap(map);
    this.#fromList(map);
    this.#inTime(map);
    map.once("idle", () => (this.dataset.state = "drawn"));
  }

  #fromMap(map: MapLibre.Map): void {
    map.on("click", LAYERS, (event) => this.#choose(Number(event.features?.[0]?.id), true));
    map.on("mousemove", LAYERS, (event) => {
      map.getCanvas().dataset.over = "place";
      this.#choose(Number(event.features?.[0]?.id), false);
    });
    map.on("mouseleave", LAYERS, () => delete map.getCanvas().dataset.over);
    map.on("moveend", () => this.#inStep(map));
    this.#inStep(map);
  }

  #fromList(map: MapLibre.Map): void {
    this.#places.forEach((place, id) => {
      const look = () => this.#choose(id, false);
      place.row.addEventListener("pointerenter", look);
      place.row.addEventListener("focusin", () => {
        look();
        if (!map.getBounds().contains([place.lon, place.lat])) map.easeTo({ center: [place.lon, place.lat] });
      });
    });
  }

  /** A slider over the hours that boxes name; its first place shows all times. */
  #inTime(map: MapLibre.Map): void {
    const hours = span(this.#places);
    if (!hours) return;
    const first = Math.floor(hours[0] / HOUR) - 1;
    const slider = document.createElement("input");
    Object.assign(slider, { type: "range", min: String(first), max: String(Math.ceil(hours[1] / HOUR)), value: String(first) });
    const said = document.createElement("output");
    const label = document.createElement("label");
    label.className = "map-time";
    label.append(this.dataset.time ?? "", slider, said);
    this.querySelector(".map-note")?.before(label);
    const show = () => {
      this.#at = Number(slider.value) === first ? null : Number(slider.value) * HOUR;
      said.dir = this.#at === null ? "auto" : "ltr";
      said.value = this.#at === null ? (this.dataset.always ?? "") : `${new Date(this.#at).toISOString().slice(0, 16).replace("T", " ")}Z`;
      for (const place of this.#places) place.row.hidden = !holds(place, this.#at);
      for (const [name, drawn] of [["places", points], ["circles", circles]] as const) {
        map.getSource<MapLibre.GeoJSONSource>(name)?.setData(drawn(this.#places, this.#at));
      }
    };
    slider.addEventListener("input", show);
    show();
  }

  /** Rows whose place is outside what the map shows stand back. */
  #inStep(map: MapLibre.Map): void {
    const seen = map.getBounds();
    for (const place of this.#places) place.row.classList.toggle("is-off-map", !seen.contains([place.lon, place.lat]));
  }

  #choose(id: number, scroll: boolean): void {
    const place = this.#places[id];
    if (!place || !this.#map) return;
    for (const [other, chosen] of [[this.#chosen, false], [id, true]] as const) {
      if (other === null) continue;
      for (const source of ["places", "circles"]) this.#map.setFeatureState({ source, id: other }, { chosen });
      this.#places[other]?.row.setAttribute("aria-selected", String(chosen));
    }
    if (this.#chosen !== id || scroll) this.#tell(place, scroll);
    this.#chosen = id;
  }

  #tell(place: Place, scroll: boolean): void {
    if (!this.#map || !this.#popup) return;
    const words = document.createElement(place.href ? "a" : "span");
    if (words instanceof HTMLAnchorElement) words.href = place.href;
    words.dir = "auto";
    words.textContent = place.title;
    this.#popup.setLngLat([place.lon, place.lat]).setDOMContent(words).addTo(this.#map);
    if (scroll) place.row.scrollIntoView({ block: "nearest" });
  }
}

customElements.define("tq-map", Places);
