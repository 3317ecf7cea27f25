// One buffer in, named arrays out: the browser's half of `pack` in dlviz/recording.py.

const TYPES = {
  float64: Float64Array, float32: Float32Array, float16: Uint16Array,
  int32: Int32Array, int16: Int16Array, int8: Int8Array,
  uint32: Uint32Array, uint16: Uint16Array, uint8: Uint8Array,
};

// The number that 16 bits of IEEE 754 mean.
function half(bits) {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

// float16 always comes out as Float32Array: not every browser has a Float16Array.
function widen(bits) {
  if (typeof Float16Array !== "undefined") {
    return Float32Array.from(new Float16Array(bits.buffer, bits.byteOffset, bits.length));
  }
  return Float32Array.from(bits, half);
}

// {header, arrays}: arrays is {name: {data: typed array, shape: [...]}}; an array of no dimension has one value.
export function unpack(bytes) {
  const own = bytes.slice(); // its own memory, so that every offset is a multiple of the item size
  const size = new DataView(own.buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(own.subarray(4, 4 + size)));
  const arrays = {};
  for (const [name, [dtype, shape, offset]] of Object.entries(header.arrays)) {
    const Type = TYPES[dtype];
    if (!Type) throw new Error(`unpack: unknown dtype ${dtype} of ${name}`);
    const count = shape.reduce((product, side) => product * side, 1);
    const data = new Type(own.buffer, 4 + size + offset, count);
    arrays[name] = { data: dtype === "float16" ? widen(data) : data, shape };
  }
  delete header.arrays;
  return { header, arrays };
}

// Per track of the message its moments [{step, epoch, arrays}]; array names are "track/moment/name".
export function momentsOf(tracks, arrays) {
  const found = tracks.map((track) => (track.moments ?? []).map(([step, epoch]) => ({ step, epoch, arrays: {} })));
  for (const [path, array] of Object.entries(arrays)) {
    const [track, moment, ...name] = path.split("/");
    const place = found[track]?.[moment];
    if (place) place.arrays[name.join("/")] = array;
  }
  return found;
}
