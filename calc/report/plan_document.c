/* Totals of a plan as a document. */
#include <string.h>

#include "plan_internal.h"

enum { NOTES_MOST = 7, LINE_WIDTH = 100, BARS_MOST = 12 };

/* What else must be known of the totals, in sentences. */
static size_t notes_of(const np_plan_head *head, const np_totals *totals, np_arena *arena, const np_lang *lang,
                       const char *notes[NOTES_MOST])
{
    size_t count = 0;
    unsigned long long beyond = totals->beyond, absent = totals->absent;
    if (head->stops_at_end)
        notes[count++] =
            np_say(lang, "Contracts that end are not renewed here: nobody is paid after the end of theirs.");
    if (beyond)
        notes[count++] = np_arena_format(
            arena,
            np_say_number(lang,
                          "%llu contract ends before the plan does. That it is renewed or followed by another is "
                          "assumed: its months after that are counted.",
                          "%llu contracts end before the plan does. That they are renewed or followed by others is "
                          "assumed: their months after that are counted.",
                          beyond),
            beyond);
    unsigned long long converted = totals->converted;
    if (converted)
        notes[count++] = np_arena_format(
            arena,
            np_say_number(lang,
                          "A scenario pays %llu member of staff in another currency: the months are counted in the "
                          "former one, at the rate of each period's first such month.",
                          "Scenarios pay %llu members of staff in another currency: the months are counted in the "
                          "former one, at the rate of each period's first such month.",
                          converted),
            converted);
    unsigned long long aged = totals->beyond_age, steps = totals->steps_assumed;
    if (aged)
        notes[count++] = np_arena_format(
            arena,
            np_say_number(lang,
                          "%llu is paid at an age of which nothing is known: no text was found that ends service then.",
                          "%llu are paid at an age of which nothing is known: no text was found that ends "
                          "service then.",
                          aged),
            aged);
    if (steps)
        notes[count++] = np_arena_format(
            arena,
            np_say_number(lang, "%llu step is taken as that of the newest scale's day, because step_date is not given.",
                          "%llu steps are taken as those of the newest scale's day, because step_date is not given.",
                          steps),
            steps);
    if (absent)
        notes[count++] = np_arena_format(arena,
                                         np_say_number(lang, "%llu member of staff has no month in this plan.",
                                                       "%llu members of staff have no month in this plan.", absent),
                                         absent);
    if (totals->further) notes[count++] = np_plan_about_further(totals, arena, lang);
    return count;
}

const char *np_plan_about_further(const np_totals *totals, np_arena *arena, const np_lang *lang)
{
    unsigned long long further = totals->further;
    return np_arena_format(
        arena,
        np_say_number(lang, "%llu row is a further period of the person in the row above, who counts once.",
                      "%llu rows are further periods of the person in the row above, who counts once.", further),
        further);
}

void np_plan_account(np_text *out, const np_totals *totals, const np_lang *lang)
{
    unsigned long long rows = totals->rows, done = totals->done, rejected = totals->rejected;
    np_text_printf(out, np_say_number(lang, "%llu row in", "%llu rows in", rows), rows);
    np_text_printf(out,
                   np_say_number(lang, " = %llu row out + %llu rejected", " = %llu rows out + %llu rejected", done),
                   done, rejected);
}

static np_doc_table *table_of(np_doc *doc, np_doc_node *in)
{
    np_doc_table *table = np_doc_table_of(doc, in, "totals");
    table->as_written = true; /* columns bear names of the list */
    return table;
}

/* A terminal's titles are sentences, a page's are short. */
static np_doc_node *section_of(np_doc *doc, const char *key, const char *title_of_page, const char *sentence)
{
    return doc->page ? np_doc_section(doc, NULL, key, title_of_page, NULL)
                     : np_doc_section(doc, NULL, key, "", sentence);
}

/* ---- heading ---- */

static void heading(np_doc *doc, const np_plan_head *head, const np_totals *totals)
{
    np_text text;
    np_text_init(&text, 1000);
    np_plan_account(&text, totals, doc->lang);
    const char *account = np_text_move(&text, doc->arena), *first = np_day_words(doc->arena, head->window.first);
    doc->date = head->window.first;
    doc->spaced = true;
    doc->width = doc->page ? 0 : LINE_WIDTH;
    if (!doc->page) {
        np_doc_list *list;
        const char *months = np_arena_format(
            doc->arena,
            np_say_number(doc->lang, ", %d month. ", ", %d months. ", (unsigned long long)head->window.months),
            head->window.months);
        doc->title = np_arena_format(doc->arena, "%s%s%s%s", np_say(doc->lang, "Plan from "), first, months, account);
        list = np_doc_list_of(doc, NULL, "scenarios");
        list->lead = "  ";
        for (size_t b = 1; b < head->books; b++)
            np_doc_item_add(
                doc, list,
                np_arena_format(doc->arena, "%s%s%s", head->names[b], np_say(doc->lang, ": "), head->titles[b]));
        return;
    }
    doc->name = np_say(doc->lang, "Plan");
    doc->title = np_say(doc->lang, "What a change of rules costs");
    doc->lead = np_arena_format(doc->arena, "%s %s.",
                                np_arena_format(doc->arena,
                                                np_say_number(doc->lang, "From %s, %d month.", "From %s, %d months.",
                                                              (unsigned long long)head->window.months),
                                                first, head->window.months),
                                account);
}

/* ---- periods ---- */

enum { BAR_TITLE = 28 }; /* characters of a scenario's title: on a phone its figure stands in the same line */

/* What the employer pays in each period under each book, for all staff in one currency: what staff receive, and the
 * rest. */
static void chart(np_doc *doc, np_doc_node *in, const np_plan_common *common)
{
    const np_plan_head *head = common->head;
    size_t count = (size_t)head->window.periods * head->books, at = 0;
    np_doc_bar *bars = np_arena_array(doc->arena, count + 1, sizeof *bars);
    np_doc_part *parts = np_arena_array(doc->arena, 2 * count + 1, sizeof *parts);
    const char *received = np_say(doc->lang, "received by staff"), *others = np_say(doc->lang, "the rest");
    for (int y = 0; y < head->window.periods; y++)
        for (size_t b = 0; b < head->books; b++, at++) {
            np_num net = np_plan_common_sum(common, b, y, 1), employer = np_plan_common_sum(common, b, y, 2);
            np_num rest = np_num_sub(doc->arena, employer, net);
            const char *figure = np_plan_amount(doc->arena, head, common->currency, employer);
            if (np_num_sign(net) < 0) net = np_num_int(0);
            if (np_num_sign(rest) < 0) rest = np_num_int(0);
            parts[2 * at] = (np_doc_part){received, received, (unsigned)b, net, false};
            parts[2 * at + 1] = (np_doc_part){others, others, (unsigned)b, rest, true};
            const char *book =
                b ? np_short_label(doc->arena, head->titles[b], BAR_TITLE) : np_say(doc->lang, "baseline");
            const char *period = np_plan_period_name(doc->arena, head, y);
            bars[at] = (np_doc_bar){.label = np_arena_format(doc->arena, "%s \xC2\xB7 %s", period, book),
                                    .figure = np_page_amount(doc->arena, doc->lang, figure),
                                    .parts = &parts[2 * at],
                                    .part_count = 2};
        }
    np_doc_chart *drawn = np_doc_chart_of(
        doc, in, NP_DOC_BARS, np_arena_format(doc->arena, np_say(doc->lang, "Cost by period, %s"), common->currency),
        np_say(doc->lang, "What the employer pays in each period; the strong part is received by staff."));
    drawn->of.bars = bars;
    drawn->count = count;
}

static void periods(np_doc *doc, const np_plan_common *common)
{
    const np_plan_head *head = common->head;
    const np_totals *totals = common->totals;
    np_doc_node *section =
        section_of(doc, "years", np_say(doc->lang, "Cost by period"), np_say(doc->lang, "Totals by period"));
    section->of.section.sheet = np_say(doc->lang, "Periods");
    if (doc->page && totals->group_count && common->known && head->window.periods * head->books <= BARS_MOST)
        chart(doc, section, common);
    bool staff = doc->page || head->books < 2; /* on a terminal they stand in short, with the scenarios' */
    np_plan_table_of_periods(table_of(doc, section), common, staff);
    np_doc_soft_text(doc, section,
                     np_say(doc->lang, "gross: salary and allowances; net: what staff receive, with what comes once; "
                                       "employer: all that the employer pays"));
    if (staff) np_doc_soft_text(doc, section, np_plan_about_staff(head, doc->lang));
    if (head->books < 2) np_plan_say_rates(doc, section, common);
}

/* ---- winners and losers, what is not known, groups ---- */

static void gain_losses(np_doc *doc, const np_plan_head *head, np_totals *totals)
{
    if (head->books < 2) return;
    np_doc_node *section =
        section_of(doc, "spreads", np_say(doc->lang, "Winners and losers"),
                   np_say(doc->lang, "Winners and losers: the net of all months, scenario less baseline"));
    np_plan_table_of_gain_losses(table_of(doc, section), head, totals, NP_GAIN_LOSS_COUNTS);
    np_doc_soft_text(doc, section,
                     np_say(doc->lang, "even: no difference; open: none is seen, but a line that the scenario changes "
                                       "is not counted, because something is not known; apart: the scenario is not for "
                                       "them"));
    bool moved = false;
    for (size_t i = 0; i < totals->gain_loss_count; i++) moved = moved || totals->gain_losses[i].moved;
    if (moved)
        np_doc_soft_text(doc, section,
                         np_say(doc->lang, "moved: under the scenario they are in service for other months, and no "
                                           "difference of their pay is told"));
    np_doc_text(doc, section,
                np_say(doc->lang, "What they gain and lose, and whose difference is the least and the "
                                  "most:"));
    if (!np_plan_table_of_gain_losses(table_of(doc, section), head, totals, NP_GAIN_LOSS_AMOUNTS)) doc->failed = true;
}

static void certainty(np_doc *doc, np_doc_node *in, const np_plan_head *head, const np_totals *totals)
{
    const char *title =
        np_say(doc->lang, "How sure the totals are: members of staff, by the least sure of their figures");
    if (doc->page) np_doc_text(doc, in, title);
    if (!doc->page && totals->done <= totals->absent) return;
    np_plan_table_of_certainty(table_of(doc, doc->page ? in : section_of(doc, "certainty", NULL, title)), head, totals);
}

static void gaps(np_doc *doc, np_doc_node *in, const np_plan_head *head, const np_totals *totals)
{
    const char *title =
        np_say(doc->lang, "Not counted in some month, because something is not known: members of staff");
    if (!totals->gap_count) return;
    if (doc->page) np_doc_text(doc, in, title);
    np_plan_table_of_gaps(table_of(doc, doc->page ? in : section_of(doc, "gaps", NULL, title)), head, totals);
}

static void not_known(np_doc *doc, const np_plan_head *head, const np_totals *totals)
{
    const char *notes[NOTES_MOST];
    size_t count = notes_of(head, totals, doc->arena, doc->lang, notes);
    np_doc_node *section = NULL;
    if (doc->page) {
        section = np_doc_section(doc, NULL, "not_known", np_say(doc->lang, "What is not known"), NULL);
        for (size_t i = 0; i < count; i++) np_doc_text(doc, section, notes[i]);
    }
    certainty(doc, section, head, totals);
    gaps(doc, section, head, totals);
    if (doc->page || !count) return;
    section = np_doc_section(doc, NULL, "notes", NULL, NULL);
    for (size_t i = 0; i < count; i++) np_doc_text(doc, section, notes[i]);
}

static void groups(np_doc *doc, const np_plan_head *head, const np_totals *totals)
{
    if (!head->by_count) return;
    const char *title = np_say(doc->lang, "By group");
    np_doc_node *section = section_of(doc, "groups", title, title);
    section->of.section.sheet = np_say(doc->lang, "Groups");
    np_plan_table_of_groups(table_of(doc, section), head, totals, false);
}

static void document(np_doc *doc, const void *result)
{
    const np_plan_totals *plan = result;
    heading(doc, plan->head, plan->totals);
    const np_plan_common *common = np_plan_common_of(doc->arena, plan->head, plan->totals);
    np_plan_overview(doc, common);
    periods(doc, common);
    gain_losses(doc, plan->head, plan->totals);
    not_known(doc, plan->head, plan->totals);
    groups(doc, plan->head, plan->totals);
    np_book_footer(doc, plan->head->book);
}

static void records(np_doc_table *table, const void *result)
{
    const np_plan_totals *plan = result;
    np_plan_table_of_groups(table, plan->head, plan->totals, true);
}

np_output np_plan_output(const np_plan_totals *totals)
{
    return (np_output){totals, totals->lang, np_plan_json, records, document, 0};
}
