/* What the fuzzers share. Each is one function over bytes that asserts properties of what they are read into; libFuzzer
 * drives it (make fuzz), or run_inputs.c over files and a fixed number of mutations of them (make test). */
#ifndef NATOPAY_TESTS_FUZZ_FUZZ_H
#define NATOPAY_TESTS_FUZZ_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* How many mutations run_inputs.c tries: as many as take a few seconds with sanitizers. */
extern const long fuzz_mutations;

#define REQUIRE(property)                                                                 \
    do {                                                                                  \
        if (!(property)) {                                                                \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #property); \
            abort();                                                                      \
        }                                                                                 \
    } while (0)

static inline void *fuzz_alloc(size_t size)
{
    void *memory = malloc(size ? size : 1);
    REQUIRE(memory);
    return memory;
}

#endif
