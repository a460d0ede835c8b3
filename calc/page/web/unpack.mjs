// What calc/page/pack compressed by LZMA, a sixth smaller than what browsers unpack by themselves. Its literals depend on the
// four high bits of the byte before (lc=4), and nothing depends on the place of a byte (lp=0, pb=0).

const STATES = 12, MATCH = 0, REPEAT = MATCH + STATES, REPEAT0 = REPEAT + STATES, REPEAT0_LONG = REPEAT0 + STATES,
  REPEAT1 = REPEAT0_LONG + STATES, REPEAT2 = REPEAT1 + STATES, SLOT = REPEAT2 + STATES, DISTANCE = SLOT + 4 * 64,
  ALIGN = DISTANCE + 128, LENGTH = ALIGN + 16, REPEAT_LENGTH = LENGTH + 274, LITERAL = REPEAT_LENGTH + 274;

// size: of what is unpacked, which ends the decoding.
export function unpack(packed, size) {
  const out = new Uint8Array(size), odds = new Uint16Array(LITERAL + 16 * 768).fill(1024);
  const coder = new Uint32Array([0xffffffff, new DataView(packed.buffer, packed.byteOffset).getUint32(1)]); // range, code
  let at = 5, done = 0, state = 0, back = [0, 0, 0, 0]; // the last four distances, less one

  const next = () => {
    if (coder[0] >= 0x1000000) return;
    coder[0] <<= 8;
    coder[1] = coder[1] << 8 | packed[at++];
  };
  const bit = i => {
    const bound = (coder[0] >>> 11) * odds[i];
    if (coder[1] < bound) {
      coder[0] = bound;
      odds[i] += 2048 - odds[i] >> 5;
      next();
      return 0;
    }
    coder[0] -= bound;
    coder[1] -= bound;
    odds[i] -= odds[i] >> 5;
    next();
    return 1;
  };
  const descend = (base, node, end) => {
    while (node < end) node = node << 1 | bit(base + node);
    return node;
  };
  const tree = (base, bits) => descend(base, 1, 1 << bits) - (1 << bits);
  const treeFromBelow = (base, bits) => {
    let node = 1, value = 0;
    for (let i = 0; i < bits; i++) {
      const b = bit(base + node);
      node = node << 1 | b;
      value |= b << i;
    }
    return value;
  };
  const lengthOf = base => !bit(base) ? 2 + tree(base + 2, 3) : !bit(base + 1) ? 10 + tree(base + 10, 3) : 18 + tree(base + 18, 8);

  function literal() {
    const base = LITERAL + (done ? out[done - 1] >> 4 : 0) * 768;
    let symbol = 1;
    if (state > 6) {
      let matched = out[done - back[0] - 1] | 256;
      for (let same = true; same && symbol < 256;) {
        matched <<= 1;
        const wanted = matched >> 8 & 1, b = bit(base + (1 + wanted << 8) + symbol);
        symbol = symbol << 1 | b;
        same = wanted === b;
      }
    }
    out[done++] = descend(base, symbol, 256);
    state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
  }
  function distance(length) {
    const slot = tree(SLOT + 64 * (Math.min(length, 5) - 2), 6), bits = (slot >> 1) - 1;
    if (slot < 4) return slot;
    let far = (2 | slot & 1) << bits;
    if (slot < 14) return far + treeFromBelow(DISTANCE + far - slot, bits);
    for (let i = bits - 1; i > 3; i--) {
      coder[0] >>>= 1;
      if (coder[1] >= coder[0]) {
        coder[1] -= coder[0];
        far += 1 << i;
      }
      if (coder[0] < 0x1000000) {
        coder[0] <<= 8;
        coder[1] = coder[1] << 8 | packed[at++];
      }
    }
    return far + treeFromBelow(ALIGN, 4);
  }
  // The length of a copy from before; back[0] is how far.
  function copied() {
    if (!bit(REPEAT + state)) {
      const length = lengthOf(LENGTH);
      back = [distance(length), back[0], back[1], back[2]];
      state = state < 7 ? 7 : 10;
      return length;
    }
    if (!bit(REPEAT0 + state)) {
      if (!bit(REPEAT0_LONG + state)) {
        state = state < 7 ? 9 : 11;
        return 1;
      }
    } else {
      const i = !bit(REPEAT1 + state) ? 1 : !bit(REPEAT2 + state) ? 2 : 3;
      back.unshift(...back.splice(i, 1));
    }
    state = state < 7 ? 8 : 11;
    return lengthOf(REPEAT_LENGTH);
  }

  while (done < size) {
    if (bit(MATCH + state)) for (let length = copied(); length; length--, done++) out[done] = out[done - back[0] - 1]; else literal();
  }
  return out;
}
