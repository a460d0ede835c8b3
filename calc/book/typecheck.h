/* What the checks of a formula's types share. Private to calc/book. */
#ifndef NATOPAY_BOOK_TYPECHECK_H
#define NATOPAY_BOOK_TYPECHECK_H

#include "build.h"

static inline np_span span_of(const np_checker *c, const np_node *node)
{
    return np_node_span(c->formula, node);
}

static inline const char *phrase(const np_checker *c, unsigned type)
{
    return np_say(c->diags->lang, np_type_phrase((np_type)type));
}

static inline bool is_amount(np_type type)
{
    return type == NP_NUMBER || type == NP_MONEY;
}

/* A pattern's two %s filled with the words for two types. */
#define FORMAT(c, pattern, a, b) \
    np_arena_format((c)->book->arena, np_say((c)->diags->lang, pattern), phrase(c, a), phrase(c, b))

/* Report that types do not fit: NP_NONE. The message is in the language already; the hint is only marked. */
np_type np_mismatch(np_checker *c, const np_node *node, const char *message, const char *hint);

/* A literal takes the type of its neighbour: 'FR' is a country beside a country. */
void np_adapt(np_checker *c, np_node *node, np_type wanted);
/* A zero without a currency is zero in any: `x > 0` may be asked of an amount. */
void np_adapt_zero(np_node *node, np_type wanted);

/* Report a name or a call of what nobody defines, with `near`, or the nearest that is defined: NP_NONE. */
np_type np_unknown_name(np_checker *c, const np_node *node, const char *near);

/* The type of a function's or a parameter's value; NP_NONE after reporting what is wrong with its arguments. */
np_type np_check_call(np_checker *c, np_node *node);
np_type np_check_parameter(np_checker *c, np_node *node);

/* Whether an argument of a function is a list: the name of a parameter, which np_check_list resolves or refuses. */
bool np_takes_list(const np_node *node, size_t i);
void np_check_list(np_checker *c, const np_node *call, np_node *arg);

/* Whether the lists of progressive(...), which are parameters, make slices of its value; false after reporting. */
bool np_check_progressive(np_checker *checker, const np_node *node);

#endif
