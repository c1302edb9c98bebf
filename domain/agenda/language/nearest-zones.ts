import { CITIES } from '../zones/cities.ts';
import { ZONE_PLACES } from './zone-places.ts';

/** Where a zone's clock is kept; degrees, south and west below zero. */
export interface Place {
  /** IANA. */
  readonly zone: string;
  readonly latitude: number;
  readonly longitude: number;
}

const WANTED = 3;
const RADIANS = Math.PI / 180;

/**
 * The three zones whose known cities lie nearest to a place, nearest first. This is no map of borders: a city over the
 * border may be nearer than one's own, so a person has to choose from them.
 */
export function nearestZones(latitude: number, longitude: number): string[] {
  const found = new Set<string>();
  const all = [...CITIES, ...ZONE_PLACES].map((place) => ({
    zone: place.zone,
    far: -closeness(place, latitude, longitude),
  }));
  for (const { zone } of all.sort((a, b) => a.far - b.far)) {
    found.add(zone);
    if (found.size === WANTED) break;
  }
  return [...found];
}

/** Cosine of the angle between two places on the globe: larger = nearer. */
function closeness(place: Place, latitude: number, longitude: number): number {
  const [one, other] = [place.latitude * RADIANS, latitude * RADIANS];
  const apart = (place.longitude - longitude) * RADIANS;
  return Math.sin(one) * Math.sin(other) + Math.cos(one) * Math.cos(other) * Math.cos(apart);
}
