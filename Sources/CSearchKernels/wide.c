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

WIDE int32_t csearch_wide_greatest(const int32_t *sums, const uint64_t *bits) {
    __m512i greatest = _mm512_setzero_si512();
    for (unsigned word = 0; word < CSEARCH_BLOCK_WORDS; word++, sums += 64) {
        if (!bits[word]) continue;
        __m512i left = _mm512_max_epi32(_mm512_loadu_si512(sums), _mm512_loadu_si512(sums + 16));
        __m512i right = _mm512_max_epi32(_mm512_loadu_si512(sums + 32), _mm512_loadu_si512(sums + 48));
        greatest = _mm512_max_epi32(greatest, _mm512_max_epi32(left, right));
    }
    return _mm512_reduce_max_epi32(greatest);
}

WIDE uint64_t csearch_wide_count_blocks(
    const uint32_t *starts, const uint16_t *postings, size_t blocks, const uint64_t *bits) {
    const __m512i one = _mm512_set1_epi16(1), low = _mm512_set1_epi16(15);
    const __m512i second = _mm512_set1_epi16(64), third = _mm512_set1_epi16(128);
    uint64_t sum = 0;
    for (size_t block = 0; block < blocks; block++, bits += CSEARCH_BLOCK_WORDS) {
        uint32_t place = starts[block], end = starts[block + 1];
        if (place == end) continue;
        // The bits of a block are 256 words of 16, in eight registers: each posting picks its word, then its bit.
        __m512i part[8];
        for (unsigned i = 0; i < 8; i++) part[i] = _mm512_loadu_si512(bits + i * 8);
        for (; place < end; place += 32) {
            uint32_t left = end - place;
            __mmask32 own = left >= 32 ? 0xFFFFFFFF : ((__mmask32)1 << left) - 1;
            __m512i posting = _mm512_maskz_loadu_epi16(own, postings + place);
            __m512i word = _mm512_srli_epi16(posting, 8);
            __mmask32 isOdd = _mm512_test_epi16_mask(word, second), isHigh = _mm512_test_epi16_mask(word, third);
            __m512i lower = _mm512_mask_mov_epi16(
                _mm512_permutex2var_epi16(part[0], word, part[1]), isOdd,
                _mm512_permutex2var_epi16(part[2], word, part[3]));
            __m512i upper = _mm512_mask_mov_epi16(
                _mm512_permutex2var_epi16(part[4], word, part[5]), isOdd,
                _mm512_permutex2var_epi16(part[6], word, part[7]));
            __m512i found = _mm512_mask_mov_epi16(lower, isHigh, upper);
            __m512i bit = _mm512_sllv_epi16(one, _mm512_and_si512(_mm512_srli_epi16(posting, 4), low));
            sum += (unsigned)__builtin_popcount(_mm512_mask_test_epi16_mask(own, found, bit));
        }
    }
    return sum;
}

WIDE size_t csearch_wide_select_times(
    uint16_t *out, const uint64_t *bits, const uint32_t *numbers, uint32_t lower, uint32_t upper) {
    const __m512i first = _mm512_set1_epi32((int)lower), last = _mm512_set1_epi32((int)upper);
    size_t kept = 0;
    for (unsigned word = 0; word < CSEARCH_BLOCK_WORDS; word++) {
        if (!bits[word]) continue;
        uint64_t rest = 0;
        for (unsigned part = 0; part < 4; part++) {
            __mmask16 own = (__mmask16)(bits[word] >> part * 16);
            __m512i here = _mm512_loadu_si512(numbers + word * 64 + part * 16);
            __mmask16 late = _mm512_mask_cmpge_epu32_mask(own, here, first);
            rest |= (uint64_t)_mm512_mask_cmple_epu32_mask(late, here, last) << part * 16;
        }
        for (; rest; rest &= rest - 1) out[kept++] = (uint16_t)(word * 64 + (unsigned)__builtin_ctzll(rest));
    }
    return kept;
}

#endif
