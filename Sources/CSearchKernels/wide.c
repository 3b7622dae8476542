#include "wide.h"

#if defined(__x86_64__) && defined(__linux__)
#include <immintrin.h>

#define WIDE __attribute__((target("avx512f,avx512bw,avx512vbmi,avx512vbmi2,popcnt")))

/// Where to find the levels of 64 documents, two in a byte: from the first half of the first byte, or from the second.
static const uint8_t BYTES[65] = {
    0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12,
    13, 13, 14, 14, 15, 15, 16, 16, 17, 17, 18, 18, 19, 19, 20, 20, 21, 21, 22, 22, 23, 23, 24, 24, 25, 25,
    26, 26, 27, 27, 28, 28, 29, 29, 30, 30, 31, 31, 32,
};

WIDE void csearch_wide_raise_packed(
    uint8_t *best, const uint64_t *bits, const uint8_t *levels, size_t start, const uint64_t *mask,
    const uint8_t *worth) {
    const __m512i table = _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)worth));
    const __m512i half = _mm512_set1_epi8(15);
    size_t before = start;
    for (unsigned word = 0; word < CSEARCH_BLOCK_WORDS; word++) {
        uint64_t own = bits[word], wanted = own & mask[word];
        unsigned count = (unsigned)__builtin_popcountll(own);
        if (wanted) {
            unsigned odd = before & 1, bytes = (count + odd + 1) / 2;
            // No byte is read behind the last one.
            __m512i packed = _mm512_maskz_loadu_epi8(((uint64_t)1 << bytes) - 1, levels + before / 2);
            __m512i twice = _mm512_permutexvar_epi8(_mm512_loadu_si512(BYTES + odd), packed);
            __m512i level = _mm512_and_si512(
                _mm512_mask_blend_epi8(
                    odd ? 0x5555555555555555 : 0xAAAAAAAAAAAAAAAA, twice, _mm512_srli_epi16(twice, 4)),
                half);
            __m512i values = _mm512_maskz_expand_epi8(own, _mm512_shuffle_epi8(table, level));
            __m512i here = _mm512_loadu_si512(best + word * 64);
            _mm512_storeu_si512(best + word * 64, _mm512_mask_max_epu8(here, wanted, here, values));
        }
        before += count;
    }
}

WIDE void csearch_wide_take(int32_t *sums, const uint64_t *bits, uint64_t *left, int32_t worth) {
    const __m512i more = _mm512_set1_epi32(worth);
    for (unsigned word = 0; word < CSEARCH_BLOCK_WORDS; word++) {
        uint64_t taken = bits[word] & left[word];
        if (!taken) continue;
        left[word] &= ~taken;
        for (unsigned part = 0; part < 4; part++) {
            int32_t *place = sums + word * 64 + part * 16;
            __m512i here = _mm512_loadu_si512(place);
            _mm512_storeu_si512(place, _mm512_mask_add_epi32(here, (__mmask16)(taken >> part * 16), here, more));
        }
    }
}

#endif
