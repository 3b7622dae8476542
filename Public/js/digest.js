/**
 * SHA-256 (FIPS 180-4) of bytes that come in parts.
 *
 * The browser's own takes only a whole, and is absent on plain HTTP outside of this machine.
 */
const ROUNDS = 64;
const BLOCK = 64;
const PART = 256 * 1024;

/** The first 32 bits of the fractional parts of the roots (FIPS 180-4, §4.2.2 and §5.3.3) of the first primes. */
function rootsOfPrimes(count, root) {
  const words = new Int32Array(count);
  for (let found = 0, candidate = 2; found < count; candidate += 1) {
    let isPrime = true;
    for (let divisor = 2; divisor * divisor <= candidate && isPrime; divisor += 1) isPrime = candidate % divisor !== 0;
    if (isPrime) words[found++] = ((candidate ** root) % 1) * 2 ** 32;
  }
  return words;
}

const CONSTANTS = rootsOfPrimes(ROUNDS, 1 / 3);
const START = rootsOfPrimes(8, 1 / 2);

export class SHA256 {
  #state = START.slice();
  #words = new Int32Array(ROUNDS);
  #rest = new Uint8Array(BLOCK);
  #waiting = 0;
  #length = 0;

  update(bytes) {
    this.#length += bytes.length;
    let at = 0;
    if (this.#waiting > 0) {
      at = Math.min(BLOCK - this.#waiting, bytes.length);
      this.#rest.set(bytes.subarray(0, at), this.#waiting);
      this.#waiting += at;
      if (this.#waiting < BLOCK) return this;
      this.#compress(this.#rest, 0, BLOCK);
      this.#waiting = 0;
    }
    const end = at + (bytes.length - at) - ((bytes.length - at) % BLOCK);
    this.#compress(bytes, at, end);
    this.#rest.set(bytes.subarray(end));
    this.#waiting = bytes.length - end;
    return this;
  }

  /** Ends the digest: 32 bytes. */
  digest() {
    const padding = new Uint8Array((this.#waiting < 56 ? BLOCK : 2 * BLOCK) - this.#waiting);
    padding[0] = 0x80;
    const length = new DataView(padding.buffer);
    length.setUint32(padding.length - 8, Math.floor(this.#length / 2 ** 29));
    length.setUint32(padding.length - 4, this.#length * 8);
    this.update(padding);
    const result = new DataView(new ArrayBuffer(32));
    this.#state.forEach((word, at) => result.setInt32(at * 4, word));
    return new Uint8Array(result.buffer);
  }

  #compress(bytes, from, to) {
    const words = this.#words;
    const state = this.#state;
    for (let at = from; at < to; at += BLOCK) {
      for (let i = 0, p = at; i < 16; i += 1, p += 4) words[i] = (bytes[p] << 24) | (bytes[p + 1] << 16) | (bytes[p + 2] << 8) | bytes[p + 3];
      for (let i = 16; i < ROUNDS; i += 1) {
        const x = words[i - 15];
        const y = words[i - 2];
        words[i] = (words[i - 16] + words[i - 7]
          + (((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3))
          + (((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10))) | 0;
      }
      let a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
      for (let i = 0; i < ROUNDS; i += 1) {
        const one = (h + (((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7)))
          + ((e & f) ^ (~e & g)) + CONSTANTS[i] + words[i]) | 0;
        const two = ((((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        h = g;
        g = f;
        f = e;
        e = (d + one) | 0;
        d = c;
        c = b;
        b = a;
        a = (one + two) | 0;
      }
      state[0] += a;
      state[1] += b;
      state[2] += c;
      state[3] += d;
      state[4] += e;
      state[5] += f;
      state[6] += g;
      state[7] += h;
    }
  }
}

export function hex(bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The digest of bytes in memory, by the browser where it has one. */
export async function digestOf(bytes) {
  if (globalThis.crypto?.subtle) return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const hash = new SHA256();
  for (let at = 0; at < bytes.length; at += PART) {
    hash.update(bytes.subarray(at, at + PART));
    await turn();
  }
  return hash.digest();
}

/** Lets the page do what waits; a timer would be held back in a tab that nobody looks at. */
function turn() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** The digest of a whole file in hexadecimal, read in parts that leave the page its turns. */
export async function digestOfFile(file, signal) {
  const hash = new SHA256();
  for (let at = 0; at < file.size; at += PART) {
    signal?.throwIfAborted();
    hash.update(new Uint8Array(await file.slice(at, at + PART).arrayBuffer()));
  }
  return hex(hash.digest());
}

const PRINTED = 64 * 1024;

/** What tells whether a file that is chosen again is the same: the digest of its first and last bytes. */
export async function fingerprint(file) {
  const bytes = await new Blob([file.slice(0, PRINTED), file.slice(Math.max(PRINTED, file.size - PRINTED))]).arrayBuffer();
  return hex(await digestOf(new Uint8Array(bytes)));
}
