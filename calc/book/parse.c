/* Formulas: from text to a tree, whose names and calls are not looked at yet. */
#include "natopay/book/formula.h"

#include <string.h>

#include "build.h"
#include "tokens.h"

typedef struct parser {
    np_build build;
    const np_ini_key *key;
    const char *text;
    size_t length;
    np_token now;
    unsigned depth, nodes;
    bool failed;
} parser;

static void advance(parser *p)
{
    p->now = np_next_token(p->text, p->length, p->now.end);
}

static np_span span_of(const parser *p, size_t start, size_t end)
{
    return np_ini_value_span(p->key, start, end > start ? end - start : 1);
}

static const char *const TOO_DEEP = NP_MARK("this formula is nested more than 100 deep");

/* What people write from habits of other languages. */
static const char *habit(char c)
{
    static const struct {
        char sign;
        const char *hint;
    } HABITS[] = {{'"', NP_MARK("texts stand in single quotes: 'definite'")},
                  {'&', NP_MARK("write and")},
                  {'|', NP_MARK("write or")},
                  {'^', NP_MARK("write power(number, exponent)")},
                  {'[', NP_MARK("lists stand in round brackets: nationality in (FR, DE)")},
                  {'{', NP_MARK("brackets are round")}};
    for (size_t i = 0; i < sizeof HABITS / sizeof HABITS[0]; i++)
        if (HABITS[i].sign == c) return HABITS[i].hint;
    return NULL;
}

/* "84,10" or "1,000" where the comma at text[at] ends what can be read: the whole number, which is refused as such.
 * False: it is no such comma. */
static bool is_number_with_comma(const parser *p, size_t at, size_t *start, size_t *end)
{
    if (at == 0 || at + 1 >= p->length || p->text[at] != ',') return false;
    if (!np_is_digit(p->text[at - 1]) || !np_is_digit(p->text[at + 1])) return false;
    for (*start = at; *start > 0 && strchr("0123456789.,", p->text[*start - 1]); --*start) continue;
    *end = at + strspn(p->text + at, "0123456789.,");
    return true;
}

/* "84.10 EURO": the code that is meant by a word behind a number. */
static const char *currency_meant(const parser *p, size_t start, size_t end)
{
    size_t before = start;
    char code[12] = "";
    while (before > 0 && strchr(" \t", p->text[before - 1])) before--;
    if (before == 0 || !np_is_digit(p->text[before - 1]) || end - start >= sizeof code || end - start < 3) return NULL;
    for (size_t i = start; i < end; i++) {
        if (!np_is_letter(p->text[i])) return NULL;
        code[i - start] = (char)(p->text[i] & ~0x20);
    }
    const char *near = np_book_suggest(p->build.book, "currency", code);
    return near;
}

/* The error, for a hint of its own; NULL: there was one before. */
static np_diag *fail(parser *p, np_code code, size_t start, size_t end, const char *message)
{
    if (p->failed) return NULL; /* one error a formula: the rest is guesswork */
    p->failed = true;
    const char *hint = start < p->length ? habit(p->text[start]) : NULL;
    if (code == NP_CODE_BAD_FORMULA && is_number_with_comma(p, start, &start, &end)) {
        code = NP_CODE_BAD_NUMBER;
        message = np_num_why(p->build.arena, p->build.diags->lang, p->text + start, end - start);
    }
    const char *currency = code == NP_CODE_BAD_FORMULA ? currency_meant(p, start, end) : NULL;
    if (start < p->length && p->text[start] == '>' && start > 0 && p->text[start - 1] == '=')
        hint = NP_MARK("write >=");
    if (code == NP_CODE_DEEP_FORMULA) hint = NP_MARK("give a part of it a name of its own: a rule of kind fact");
    np_diag *diag =
        np_report(p->build.diags, code, span_of(p, start, end), "%s", np_say(p->build.diags->lang, message));
    if (currency) np_diag_hint(p->build.diags, diag, "did you mean %s?", currency);
    if (hint) np_diag_hint(p->build.diags, diag, "%s", np_say(p->build.diags->lang, hint));
    return diag;
}

static bool at_sign(const parser *p, const char *sign)
{
    return p->now.kind == NP_TOKEN_SIGN && strcmp(p->now.sign, sign) == 0;
}

static bool at_word(const parser *p, const char *word)
{
    size_t length = strlen(word);
    return p->now.kind == NP_TOKEN_NAME && p->now.end - p->now.start == length &&
           memcmp(p->text + p->now.start, word, length) == 0;
}

static bool take_sign(parser *p, const char *sign)
{
    if (!at_sign(p, sign)) return false;
    advance(p);
    return true;
}

static bool take_word(parser *p, const char *word)
{
    if (!at_word(p, word)) return false;
    advance(p);
    return true;
}

static char *copy(parser *p, size_t start, size_t end)
{
    return np_arena_copy(p->build.arena, p->text + start, end - start);
}

/* ---- nodes ---- */

static np_node *new_node(parser *p, np_op op, size_t start, size_t end)
{
    if (++p->nodes > NP_FORMULA_NODES)
        fail(p, NP_CODE_DEEP_FORMULA, start, end, "this formula has more than 2000 parts");
    np_node *node = np_arena_alloc(p->build.arena, sizeof *node);
    node->op = (uint8_t)op;
    node->start = (uint32_t)start;
    node->end = (uint32_t)end;
    node->id = p->build.book->node_count++;
    return node;
}

static np_node *with_args(parser *p, np_op op, np_node **args, size_t count, size_t start, size_t end)
{
    np_node *node = new_node(p, op, start, end);
    node->args = np_arena_array(p->build.arena, count + 1, sizeof *node->args);
    if (count) memcpy(node->args, args, count * sizeof *args);
    node->argc = (uint16_t)count;
    return node;
}

static np_node *pair(parser *p, np_op op, np_node *left, np_node *right)
{
    np_node *args[] = {left, right};
    return with_args(p, op, args, 2, left->start, right->end);
}

static np_node *expression(parser *p);

static np_duration unit_of(const char *word)
{
    if (strcmp(word, "month") == 0 || strcmp(word, "months") == 0) return (np_duration){1, 0};
    if (strcmp(word, "year") == 0 || strcmp(word, "years") == 0) return (np_duration){12, 0};
    return (np_duration){0, strcmp(word, "day") == 0 || strcmp(word, "days") == 0};
}

/* "1.000 EUR", of which nobody knows whether it is thousands; false: it is clear. */
static bool is_unclear_amount(parser *p, size_t start, size_t end)
{
    if (!np_num_is_unclear(p->text + start, end - start)) return false;
    np_diag *diag =
        fail(p, NP_CODE_BAD_NUMBER, start, end, "this may be thousands or a fraction: a number has no group marks");
    if (diag) np_hint_unclear(p->build.diags, diag, p->text + start);
    return true;
}

/* A number, with the currency or the unit of time that follows it. */
static np_node *number(parser *p)
{
    size_t start = p->now.start, end = p->now.end, at = 0;
    np_node *node = new_node(p, NP_OP_LITERAL, start, end);
    node->literal.type = NP_NUMBER;
    node->literal.percent = p->text[end - 1] == '%';
    const char *why = np_num_parse(p->build.arena, p->text + start, end - start, &node->literal.as.number, &at);
    if (why) {
        fail(p, NP_CODE_BAD_NUMBER, start, end,
             np_num_why(p->build.arena, p->build.diags->lang, p->text + start, end - start));
        return node;
    }
    advance(p);
    if (p->now.kind != NP_TOKEN_NAME) return node;
    char *word = copy(p, p->now.start, p->now.end);
    int currency = np_book_currency(p->build.book, word);
    np_duration unit = unit_of(word);
    if (currency >= 0) {
        if (is_unclear_amount(p, start, end)) return node;
        node->literal.type = NP_MONEY;
        node->literal.currency = np_num_sign(node->literal.as.number) ? (uint16_t)currency : NP_CURRENCY_ANY;
    } else if (unit.months || unit.days) {
        int64_t count;
        if (!np_num_to_int(node->literal.as.number, &count) || count > 10000) {
            fail(p, NP_CODE_BAD_FORMULA, start, p->now.end,
                 "a duration is a whole number of days, months or years up to 10000");
            return node;
        }
        node->literal = (np_value){.type = NP_DURATION};
        node->literal.as.duration = (np_duration){unit.months * (int32_t)count, unit.days * (int32_t)count};
    } else {
        return node;
    }
    node->end = (uint32_t)p->now.end;
    advance(p);
    return node;
}

static np_node *date(parser *p)
{
    np_node *node = new_node(p, NP_OP_LITERAL, p->now.start, p->now.end);
    node->literal.type = NP_DATE;
    const char *why = np_date_parse(p->text + p->now.start, 10, &node->literal.as.date);
    if (why)
        fail(p, NP_CODE_BAD_DATE, p->now.start, p->now.end,
             np_date_why(p->build.arena, p->build.diags->lang, p->text + p->now.start, 10));
    advance(p);
    return node;
}

static np_node *text(parser *p)
{
    np_node *node = new_node(p, NP_OP_LITERAL, p->now.start, p->now.end);
    node->literal.type = NP_TEXT;
    node->literal.as.text = copy(p, p->now.start + 1, p->now.end - 1);
    advance(p);
    return node;
}

/* name, or name(argument, ...) */
static np_node *name(parser *p)
{
    np_token word = p->now;
    char *called = copy(p, word.start, word.end);
    advance(p);
    if (strcmp(called, "yes") == 0 || strcmp(called, "no") == 0) {
        np_node *node = new_node(p, NP_OP_LITERAL, word.start, word.end);
        node->literal = (np_value){.type = NP_TRUTH};
        node->literal.as.truth = called[0] == 'y';
        return node;
    }
    np_node *args[16];
    size_t count = 0;
    bool call = take_sign(p, "(");
    if (call && !at_sign(p, ")")) do {
            np_node *arg = expression(p);
            if (count == 16)
                fail(p, NP_CODE_BAD_ARGUMENTS, arg->start, arg->end, "a function takes at most 16 arguments");
            if (p->failed) break;
            args[count++] = arg;
        } while (take_sign(p, ","));
    size_t end = word.end;
    if (call) {
        end = p->now.end;
        if (!at_sign(p, ")"))
            fail(p, NP_CODE_BAD_FORMULA, p->now.start, p->now.end, "a closing bracket is missing here");
        else
            advance(p);
    }
    np_node *node = with_args(p, call ? NP_OP_CALL : NP_OP_NAME, args, count, word.start, end);
    node->name = called;
    return node;
}

static np_node *primary(parser *p)
{
    np_token at = p->now;
    if (at.kind == NP_TOKEN_NUMBER) return number(p);
    if (at.kind == NP_TOKEN_DATE) return date(p);
    if (at.kind == NP_TOKEN_TEXT) return text(p);
    if (take_sign(p, "(")) {
        np_node *inner = expression(p);
        if (!take_sign(p, ")"))
            fail(p, NP_CODE_BAD_FORMULA, p->now.start, p->now.end, "a closing bracket is missing here");
        return inner;
    }
    static const char *const WORDS[] = {"and", "or", "then", "else", "in", "not", "if"};
    bool reserved = false;
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) reserved = reserved || at_word(p, WORDS[i]);
    if (at.kind == NP_TOKEN_NAME && !reserved) return name(p);
    const char *why = NP_MARK("a value is missing here");
    if (at.kind == NP_TOKEN_BAD)
        why = p->text[at.start] == '\'' ? NP_MARK("this text is never closed with '")
                                        : NP_MARK("this character has no meaning in a formula");
    fail(p, NP_CODE_BAD_FORMULA, at.start, at.end, why);
    return new_node(p, NP_OP_LITERAL, at.start, at.end);
}

static np_node *unary(parser *p)
{
    size_t start = p->now.start;
    if (!at_sign(p, "-")) return primary(p);
    if (++p->depth > NP_FORMULA_DEPTH) fail(p, NP_CODE_DEEP_FORMULA, start, start + 1, TOO_DEEP);
    advance(p);
    np_node *inner = p->failed ? new_node(p, NP_OP_LITERAL, start, start + 1) : unary(p);
    p->depth--;
    return with_args(p, NP_OP_NEG, &inner, 1, start, inner->end);
}

static np_node *product(parser *p)
{
    np_node *left = unary(p);
    while (!p->failed && (at_sign(p, "*") || at_sign(p, "/"))) {
        np_op op = at_sign(p, "*") ? NP_OP_MUL : NP_OP_DIV;
        advance(p);
        left = pair(p, op, left, unary(p));
    }
    return left;
}

static np_node *sum(parser *p)
{
    np_node *left = product(p);
    while (!p->failed && (at_sign(p, "+") || at_sign(p, "-"))) {
        np_op op = at_sign(p, "+") ? NP_OP_ADD : NP_OP_SUB;
        advance(p);
        left = pair(p, op, left, product(p));
    }
    return left;
}

static np_node *membership(parser *p, np_node *left)
{
    np_node *args[NP_LIST_MAX + 1];
    size_t count = 0;
    args[count++] = left;
    if (!take_sign(p, "(")) fail(p, NP_CODE_BAD_FORMULA, p->now.start, p->now.end, "a list in brackets follows 'in'");
    do {
        np_node *item = sum(p);
        if (count > NP_LIST_MAX) fail(p, NP_CODE_TOO_MANY, item->start, item->end, "a list holds at most 100 values");
        if (p->failed) break;
        args[count++] = item;
    } while (take_sign(p, ","));
    size_t end = p->now.end;
    if (!take_sign(p, ")")) fail(p, NP_CODE_BAD_FORMULA, p->now.start, p->now.end, "a closing bracket is missing here");
    return with_args(p, NP_OP_IN, args, count, left->start, end);
}

static np_node *comparison(parser *p)
{
    static const struct {
        const char *sign;
        np_op op;
    } SIGNS[] = {{"=", NP_OP_EQ}, {"==", NP_OP_EQ}, {"!=", NP_OP_NE}, {"<>", NP_OP_NE},
                 {"<", NP_OP_LT}, {"<=", NP_OP_LE}, {">", NP_OP_GT},  {">=", NP_OP_GE}};
    np_node *left = sum(p);
    if (p->failed) return left;
    if (take_word(p, "in")) return membership(p, left);
    for (size_t i = 0; i < sizeof SIGNS / sizeof SIGNS[0]; i++)
        if (take_sign(p, SIGNS[i].sign)) {
            np_node *right = sum(p);
            for (size_t k = 0; k < sizeof SIGNS / sizeof SIGNS[0]; k++)
                if (at_sign(p, SIGNS[k].sign))
                    fail(p, NP_CODE_BAD_FORMULA, p->now.start, p->now.end,
                         "comparisons do not chain: join two with 'and'");
            return pair(p, SIGNS[i].op, left, right);
        }
    return left;
}

static np_node *negation(parser *p)
{
    size_t start = p->now.start;
    if (!take_word(p, "not")) return comparison(p);
    if (++p->depth > NP_FORMULA_DEPTH) fail(p, NP_CODE_DEEP_FORMULA, start, start + 3, TOO_DEEP);
    np_node *inner = p->failed ? new_node(p, NP_OP_LITERAL, start, start + 3) : negation(p);
    p->depth--;
    return with_args(p, NP_OP_NOT, &inner, 1, start, inner->end);
}

static np_node *conjunction(parser *p)
{
    np_node *left = negation(p);
    while (!p->failed && take_word(p, "and")) left = pair(p, NP_OP_AND, left, negation(p));
    return left;
}

static np_node *disjunction(parser *p)
{
    np_node *left = conjunction(p);
    while (!p->failed && take_word(p, "or")) left = pair(p, NP_OP_OR, left, conjunction(p));
    return left;
}

static np_node *choice(parser *p)
{
    size_t start = p->now.start;
    np_node *args[3];
    advance(p);
    args[0] = expression(p);
    if (!take_word(p, "then")) fail(p, NP_CODE_BAD_FORMULA, p->now.start, p->now.end, "'then' is missing here");
    if (p->failed) return args[0];
    args[1] = expression(p);
    if (!take_word(p, "else")) fail(p, NP_CODE_BAD_FORMULA, p->now.start, p->now.end, "'else' is missing here");
    if (p->failed) return args[0];
    args[2] = expression(p);
    return with_args(p, NP_OP_IF, args, 3, start, args[2]->end);
}

static np_node *expression(parser *p)
{
    size_t start = p->now.start;
    if (++p->depth > NP_FORMULA_DEPTH) {
        fail(p, NP_CODE_DEEP_FORMULA, start, start + 1, TOO_DEEP);
        return new_node(p, NP_OP_LITERAL, start, start + 1);
    }
    np_node *node = at_word(p, "if") ? choice(p) : disjunction(p);
    p->depth--;
    return node;
}

np_formula np_formula_read(np_book *book, np_diags *diags, const np_ini_key *key)
{
    parser p = {.build = {book, diags, book->arena}, .key = key, .text = key->value, .length = strlen(key->value)};
    advance(&p);
    np_node *root = expression(&p);
    if (at_sign(&p, ")")) fail(&p, NP_CODE_BAD_FORMULA, p.now.start, p.now.end, "this bracket was never opened");
    if (!p.failed && p.now.kind != NP_TOKEN_END)
        fail(&p, NP_CODE_BAD_FORMULA, p.now.start, p.now.end,
             p.now.kind == NP_TOKEN_BAD && p.text[p.now.start] != '\''
                 ? NP_MARK("this character has no meaning in a formula")
                 : NP_MARK("an operator is missing before this"));
    return (np_formula){p.failed ? NULL : root, key};
}

np_span np_node_span(const np_formula *formula, const np_node *node)
{
    return np_ini_value_span(formula->key, node->start, node->end > node->start ? node->end - node->start : 1);
}

static np_node *packed(np_arena *arena, const np_node *from)
{
    np_node *node = np_arena_alloc(arena, sizeof *node + from->argc * sizeof *node->args);
    *node = *from;
    node->args = (np_node **)(node + 1);
    for (size_t i = 0; i < from->argc; i++) node->args[i] = packed(arena, from->args[i]);
    return node;
}

void np_formula_pack(np_arena *arena, np_formula *formula)
{
    if (formula->root) formula->root = packed(arena, formula->root);
}
