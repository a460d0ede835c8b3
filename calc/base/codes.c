/* The table of diagnostic codes. */
#include "natopay/base/codes.h"

#include <stddef.h>

static const np_code_info infos[NP_CODE_COUNT] = {
#define NP_CODE_INFO(id, name, severity, exit, meaning) [NP_CODE_##id] = {name, NP_##severity, exit, meaning},
    NP_CODES(NP_CODE_INFO)
#undef NP_CODE_INFO
};

const np_code_info *np_code_describe(np_code code)
{
    return (unsigned)code < NP_CODE_COUNT ? &infos[code] : NULL;
}
