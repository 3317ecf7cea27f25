// The film of a reading: what was measured at some moments of a run, kept in few bytes; one frame of it at a time.

/** Return the arrays of the reading at one moment: those of bytes as numbers again, what is read as it is. */
export function frameOf(film, place) {
  const found = {};
  for (const [name, { data, shape }] of Object.entries(film)) {
    if (name === "steps") continue;
    if (name === "read") { found.read = { data, shape }; continue; }
    const size = shape.slice(1).reduce((product, side) => product * side, 1);
    const values = data.subarray(place * size, (place + 1) * size);
    found[name] = { shape: shape.slice(1), data: values instanceof Uint8Array ? spread(values, name === "state" ? -1 : 0) : values };
  }
  return found;
}

/** Return bytes as numbers from `low` to 1. */
const spread = (bytes, low) => Float32Array.from(bytes, (byte) => low + ((1 - low) * byte) / 255);
