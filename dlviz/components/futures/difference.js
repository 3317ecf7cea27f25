// How far two maps of the plane are apart: of two classes the probability of the second one, of a number its value,
// of more classes where another one wins.

const MIDDLE = { two: 127.5, number: 128 };
const WHOLE = { two: 255, number: 127 }; // levels of a map that make 1

/**
 * Return {values, height, width, signed, most, sides}: the map on the stage less the other one, most the largest absolute
 * difference, sides the share of the plane, 0 to 1, where they answer otherwise (null for numbers); null where they cannot be compared.
 */
export function difference(here, there, mine, other) {
  if (!here || !there || mine !== other || String(here.shape) !== String(there.shape)) return null;
  const [height, width] = here.shape;
  const values = new Float32Array(height * width);
  let [most, sides] = [0, 0];
  for (let i = 0; i < values.length; i += 1) {
    const [a, b] = [here.data[i], there.data[i]];
    const apart = mine === "classes" ? a >> 6 !== b >> 6 : a > MIDDLE[mine] !== b > MIDDLE[mine];
    values[i] = mine === "classes" ? Number(apart) : (a - b) / WHOLE[mine];
    most = Math.max(most, Math.abs(values[i]));
    sides += apart;
  }
  return { values, height, width, most, signed: mine !== "classes", sides: mine === "number" ? null : sides / values.length };
}
