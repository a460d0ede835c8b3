/* The pieces of time into which a scenario's changes cut service are computed and added up. */
#include "engine_internal.h"
#include "natopay/compare/compare.h"

/* What is paid in another currency than the baseline's, in the baseline's. False after reporting. */
static bool convert(np_engine *e, const np_changes_state *c, np_outcome *piece, uint16_t currency, np_diags *diags)
{
    const np_book *book = c->plan_book.book;
    const np_window *window = &e->window;
    if (piece->from >= piece->until || piece->currency == currency) return true;
    for (uint16_t y = window->period_of[piece->from]; y <= window->period_of[piece->until - 1]; y++) {
        uint16_t begin = y ? window->period_end[y - 1] : 0, month = begin > piece->from ? begin : piece->from;
        np_conversion rate = np_conversion_of(book, e->scratch, piece->currency, currency, window->start[month]);
        if (!rate.known) {
            np_report(diags, NP_CODE_MISSING_RATE, np_span_none(),
                      "what is paid after a change cannot be converted: there is no rate of %s",
                      rate.missing ? rate.missing : book->currencies[piece->currency].name);
            return false;
        }
        np_num *amounts[] = {&piece->periods[y].gross, &piece->periods[y].net, &piece->periods[y].employer};
        for (size_t i = 0; i < 3; i++) *amounts[i] = np_convert(e->scratch, &rate, *amounts[i], false);
        piece->status = np_weaker(piece->status, rate.status);
    }
    piece->converted = true;
    return true;
}

static void add_piece(np_engine *e, np_outcome *sum, const np_outcome *piece)
{
    bool first = sum->from >= sum->until, paid = piece->from < piece->until;
    if (!paid) return;
    for (uint16_t y = 0; y < e->window.periods; y++) {
        np_plan_period *to = &sum->periods[y];
        const np_plan_period *from = &piece->periods[y];
        to->gross = np_num_add(e->scratch, to->gross, from->gross);
        to->net = np_num_add(e->scratch, to->net, from->net);
        to->employer = np_num_add(e->scratch, to->employer, from->employer);
        to->worked = np_num_add(e->scratch, to->worked, from->worked);
    }
    for (size_t i = 0; i < NP_SLOTS_MAX / 64; i++) {
        sum->open[i] |= piece->open[i];
        sum->unsure = sum->unsure || piece->open[i];
    }
    if (first) sum->from = piece->from;
    sum->until = piece->until;
    sum->service_end = piece->service_end;
    sum->status = np_weaker(sum->status, piece->status);
    sum->beyond = piece->beyond;
    sum->beyond_age = piece->beyond_age;
    sum->step_assumed = sum->step_assumed || piece->step_assumed;
    sum->converted = sum->converted || piece->converted;
}

/* Compute the piece number `rank` of each row that has so many, and add it to the row's sums. */
static void compute_pieces(np_engine *e, np_changes_state *c, size_t rank, np_engine_row *rows, unsigned count,
                           np_outcome *outcomes)
{
    np_rows at_work = {0};
    for (unsigned s = 0; s < count; s++) {
        bool has = rows[s].done && c->piece_count[s] > rank;
        c->state.piece[s] = has ? &c->pieces[s][rank] : NULL;
        if (has) np_rows_add(&at_work, s);
    }
    if (at_work.count == 0) return;
    np_engine_compute_pieces(e, &c->state, &at_work, outcomes);
    for (unsigned i = 0; i < at_work.count; i++) {
        unsigned s = at_work.of[i];
        uint16_t currency = rows[s].outcomes[0].currency;
        if (!c->state.rows[s].fast) rows[s].done = np_engine_monthly(e, &c->state, s, &outcomes[s], rows[s].diags);
        outcomes[s].converted = false;
        rows[s].done = rows[s].done && convert(e, c, &outcomes[s], currency, rows[s].diags);
        if (rows[s].done) add_piece(e, &c->sums[s], &outcomes[s]);
    }
}

/* What stops a row once it is changed is said of the changes: the list alone would not be rejected. */
static void blame_changes(np_engine *e, const np_changes_state *c, unsigned row, const np_diags *found, np_diags *diags)
{
    const char *names = "", *before = "";
    for (size_t i = 0; i < c->plan_book.change_count; i++) {
        const np_staff_change *change = &c->plan_book.changes[i];
        if (!(c->changes[row] >> i & 1)) continue;
        atomic_fetch_add_explicit(&change->count->rejected, 1, memory_order_relaxed);
        names = np_arena_format(e->scratch, "%s%s%s", names, *names ? ", " : "", change->name);
    }
    if (*names) before = np_arena_format(e->scratch, np_say(diags->lang, "after the change %s: "), names);
    for (const np_diag *d = found->first; d; d = d->next) np_diag_copy(diags, d, d->at, before);
}

/* All pieces of all rows that are changed. */
static void compute_all_pieces(np_engine *e, np_changes_state *c, size_t most, np_engine_row *rows, unsigned count)
{
    np_outcome *outcomes = np_arena_array(e->scratch, NP_BATCH, sizeof *outcomes);
    np_diags found[NP_BATCH], *diags[NP_BATCH];
    bool begun[NP_BATCH];
    for (unsigned s = 0; s < count; s++) {
        begun[s] = rows[s].done;
        diags[s] = rows[s].diags;
        np_diags_init(&found[s], e->scratch);
        found[s].lang = diags[s]->lang;
        if (begun[s]) rows[s].diags = &found[s];
    }
    for (size_t rank = 0; rank < most; rank++) compute_pieces(e, c, rank, rows, count, outcomes);
    for (unsigned s = 0; s < count; s++) {
        rows[s].diags = diags[s];
        if (begun[s] && !rows[s].done) blame_changes(e, c, s, &found[s], diags[s]);
    }
}

void np_engine_apply_changes(np_engine *e, size_t number, np_engine_row *rows, unsigned count)
{
    np_changes_state *c = e->changing[number];
    size_t most = 0;
    for (unsigned s = 0; s < count; s++) {
        c->piece_count[s] = 0;
        c->changes[s] = e->before[s] ? e->before[s]->changes[number] : 0;
        c->left[s] = false;
        if (!rows[s].done || !rows[s].outcomes[number].applies) continue;
        rows[s].done = np_changes_state_find_pieces(e, c, s, &rows[s]);
        if (c->piece_count[s] > most) most = c->piece_count[s];
        if (!c->piece_count[s]) continue;
        np_outcome_clear(&c->sums[s]);
        c->sums[s].currency = rows[s].outcomes[0].currency;
    }
    if (most) compute_all_pieces(e, c, most, rows, count);
    for (unsigned s = 0; s < count; s++) {
        c->state.piece[s] = NULL;
        if (!rows[s].done) continue;
        if (c->piece_count[s]) {
            c->sums[s].unsure = c->sums[s].unsure || rows[s].outcomes[number].unsure;
            rows[s].outcomes[number] = c->sums[s];
        }
        rows[s].outcomes[number].changes = c->changes[s];
        rows[s].outcomes[number].left = c->left[s];
    }
}
