// The flat row of all parameters as weights by layer, in the order of torch: per layer weights (outputs × inputs),
// then biases.

/**
 * Return {at(layer, to, from)}: the weight of a link, 0 before there is any.
 *
 * The last layer has two scores, and the map shows softmax(scores)[1] = σ(score 1 − score 0): so what a unit
 * says to the map is the difference of its two weights.
 */
export function weightsOf(flat, sizes) {
  const starts = [];
  let place = 0;
  for (let layer = 0; layer + 1 < sizes.length; layer += 1) {
    starts.push(place);
    place += (sizes[layer] + 1) * sizes[layer + 1];
  }
  const single = (layer, to, from) => flat[starts[layer] + to * sizes[layer] + from];
  const last = sizes.length - 2;
  const at = (layer, to, from) => (layer === last && sizes[last + 1] === 2 ? single(layer, 1, from) - single(layer, 0, from) : single(layer, to, from));
  return { at: flat?.length === place ? at : () => 0 };
}
