/** A C program (C99, POSIX, libcurl) that fetches artifacts, verifies them and goes on after an interruption. */

const ROUND_CONSTANTS = `
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2`;
/** FIPS 180-4 §4.2.2, for programs in any language with these brackets. */
export const SHA256_CONSTANTS = ROUND_CONSTANTS.trimStart();
/** FIPS 180-4 §5.3.3. */
export const SHA256_START = "0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19";

/** Without "??", which begins a trigraph: `??/` is a backslash in C99, and the quote behind it would not end the string. */
function literal(text) {
  return JSON.stringify(text).replaceAll("?", "\\?");
}

/** - `files`: `{path, url, digest}`; an empty digest is asked of the server. */
export function cProgram(files, isPrivate) {
  const rows = files.map(({ path, url, digest }) => `  {${literal(url)},\n   ${literal(path)},\n   ${literal(digest)}},`);
  const token = isPrivate ? TOKEN : NO_TOKEN;
  return `// cc get.c -o get -lcurl && ./get
#define _POSIX_C_SOURCE 200809L
#include <curl/curl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

// URL, path, SHA-256 (empty: what the server's ETag says)
static const char *const files[][3] = {
${rows.join("\n")}
};

static const uint32_t k[64] = {
  ${SHA256_CONSTANTS}};

static uint32_t turn(uint32_t x, int n) { return x >> n | x << (32 - n); }

static void block(uint32_t h[8], const unsigned char *p) {
  uint32_t w[64], v[8];
  memcpy(v, h, sizeof v);
  for (int i = 0; i < 64; i++) {
    w[i] = i < 16 ? (uint32_t)p[4 * i] << 24 | p[4 * i + 1] << 16 | p[4 * i + 2] << 8 | p[4 * i + 3]
                  : w[i - 16] + w[i - 7] + (turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ w[i - 15] >> 3) +
                        (turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ w[i - 2] >> 10);
    uint32_t a = v[0], e = v[4];
    uint32_t t = v[7] + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & v[5]) ^ (~e & v[6])) + k[i] + w[i];
    uint32_t u = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & v[1]) ^ (a & v[2]) ^ (v[1] & v[2]));
    memmove(v + 1, v, 7 * sizeof *v);
    v[4] += t;
    v[0] = t + u;
  }
  for (int i = 0; i < 8; i++) h[i] += v[i];
}

// Whether the file is there and has this SHA-256.
static int holds(const char *path, const char *sum) {
  uint32_t h[8] = {${SHA256_START}};
  unsigned char part[64];
  char hex[65];
  uint64_t total = 0;
  size_t n;
  FILE *file = fopen(path, "rb");
  if (!file) return 0;
  while ((n = fread(part, 1, 64, file)) == 64) total += 64, block(h, part);
  fclose(file);
  total += n;
  part[n++] = 0x80;
  memset(part + n, 0, 64 - n);
  if (n > 56) block(h, part), memset(part, 0, 64);
  for (int i = 0; i < 8; i++) part[63 - i] = (unsigned char)(total * 8 >> 8 * i);
  block(h, part);
  for (int i = 0; i < 8; i++) snprintf(hex + 8 * i, 9, "%08x", (unsigned)h[i]);
  return !strcmp(hex, sum);
}

static size_t note(char *line, size_t size, size_t count, void *sum) {
  if (size * count > 78 && !strncasecmp(line, "etag: \\"sha256:", 14)) memcpy(sum, line + 14, 64);
  return size * count;
}

static void fail(const char *path, const char *why) {
  fprintf(stderr, "%s: %s\\n", path, why);
  exit(1);
}

int main(void) {
  curl_global_init(CURL_GLOBAL_DEFAULT);
${token.make}
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    const char *url = files[i][0], *path = files[i][1];
    char sum[65] = "", part[1200];
    snprintf(sum, sizeof sum, "%s", files[i][2]);
    for (char *slash = strchr(strcpy(part, path), '/'); slash; slash = strchr(slash + 1, '/')) {
      *slash = 0;
      mkdir(part, 0777);
      *slash = '/';
    }
    CURL *curl = curl_easy_init();
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
${token.use}    if (!*sum) {
      curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
      curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, note);
      curl_easy_setopt(curl, CURLOPT_HEADERDATA, sum);
      CURLcode asked = curl_easy_perform(curl);
      if (asked) fail(path, curl_easy_strerror(asked));
      if (!*sum) fail(path, "no SHA-256 from the server");
      curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, NULL);
      curl_easy_setopt(curl, CURLOPT_HEADERDATA, NULL);
      curl_easy_setopt(curl, CURLOPT_HTTPGET, 1L);
    }
    snprintf(part, sizeof part, "%s.%.12s.part", path, sum);
    if (!holds(path, sum)) {
      if (!holds(part, sum)) {
        FILE *file = fopen(part, "ab");
        if (!file) fail(part, "cannot be written");
        fseek(file, 0, SEEK_END);
        curl_easy_setopt(curl, CURLOPT_WRITEDATA, file);
        curl_easy_setopt(curl, CURLOPT_RESUME_FROM_LARGE, (curl_off_t)ftell(file));
        CURLcode got = curl_easy_perform(curl);
        long status = 0;
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
        if (fclose(file)) fail(part, "cannot be written");
        if (got && status != 416) fail(path, curl_easy_strerror(got));
      }
      if (!holds(part, sum)) remove(part), fail(path, "SHA-256 mismatch");
      if (rename(part, path)) fail(path, "cannot be written");
    }
    curl_easy_cleanup(curl);
  }
  return 0;
}`;
}

const NO_TOKEN = { make: "", use: "" };
const TOKEN = {
  make: `  const char *token = getenv("MORU_TOKEN");
  if (!token) fail("MORU_TOKEN", "put a token with the scope model:read into it");
  char *field = malloc(strlen(token) + 32);
  if (!field) fail("MORU_TOKEN", "out of memory");
  sprintf(field, "Authorization: Bearer %s", token);
  struct curl_slist *fields = curl_slist_append(NULL, field);`,
  use: `    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, fields);
`,
};
