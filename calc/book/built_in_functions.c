/* The functions of the formula language: their names, how many arguments they take, what they give. */
#include "build.h"

static const np_function_info FUNCTIONS[] = {
#define NP_FUNCTION_ROW(id, name, fewest, most, text) {name, fewest, most, text},
    NP_FUNCTIONS(NP_FUNCTION_ROW)
#undef NP_FUNCTION_ROW
};

const np_function_info *np_function_describe(np_function function)
{
    return &FUNCTIONS[function];
}

int np_function_named(const char *name)
{
    for (int i = 0; i < NP_FUNCTION_COUNT; i++)
        if (np_same(FUNCTIONS[i].name, name)) return i;
    return -1;
}
