/* Explanations in HTML reports. */
#include <string.h>

#include "html_parts.h"
#include "natopay/show/estimate.h"

static void value(np_html *html, const np_book *book, const np_step *step)
{
    if (step->has_value) np_html_put(html, " = <b>$</b>", np_html_value(html, book, &step->value));
}

static void formula(np_html *html, const np_book *book, const np_step *step, const char *word)
{
    np_html_put(html, "$ <code>$</code>", word, step->formula);
    if (step->filled && strcmp(step->filled, step->formula) != 0)
        np_html_put(html, "<br>= <code>$</code>", step->filled);
    value(html, book, step);
}

static void named(np_html *html, const np_book *book, const np_step *step)
{
    const char *name = step->formula && step->kind != NP_STEP_INPUT ? step->formula : step->name;
    const char *label = step->label && *step->label ? step->label : NULL;
    if (label) np_html_put(html, "<bdi>$</bdi>", label);
    if (*name) np_html_put(html, label ? " <code class=\"soft\">$</code>" : "<code>$</code>", name);
    if (!label && !*name && step->detail) np_html_put(html, "$", step->detail);
    value(html, book, step);
    if (step->detail && (label || *name)) np_html_put(html, " <span class=\"soft\">$</span>", step->detail);
}

static void words(np_html *html, const np_book *book, const np_step *step)
{
    switch (step->kind) {
    case NP_STEP_WHEN:
        formula(html, book, step, np_html_say(html, "when"));
        break;
    case NP_STEP_AMOUNT:
        formula(html, book, step, np_html_say(html, "amount"));
        break;
    case NP_STEP_ROUNDING:
        np_html_put(html, "$ <code>$</code>$$", np_html_say(html, "rounded"), step->name, np_html_say(html, ": "),
                    step->detail);
        break;
    case NP_STEP_MISSING:
        np_html_put(html, "$ <code>$</code> $", np_html_say(html, "missing:"), step->name, step->detail);
        break;
    default:
        named(html, book, step);
        break;
    }
}

static void step_item(np_html *html, const np_book *book, const np_step *step)
{
    np_text_puts(html->out, "<li>");
    words(html, book, step);
    if (step->has_status) np_html_put(html, " <i class=\"soft\">$</i>", np_status_word(step->status, html->lang));
    if (step->effective != NP_DATE_NONE)
        np_html_put(html, " <span class=\"soft\">$</span>",
                    np_arena_format(html->arena, np_html_say(html, "from %s"), np_html_date(html, step->effective)));
    for (size_t i = 0; i < step->source_count; i++) {
        const char *number = np_arena_format(html->arena, "%zu", np_html_source_number(html, step->sources[i]));
        np_html_put(html, " [<a href=\"#s$\">$</a>]", number, number);
    }
    if (step->first) {
        np_text_puts(html->out, "\n<ul>\n");
        for (const np_step *child = step->first; child; child = child->next) step_item(html, book, child);
        np_text_puts(html->out, "</ul>\n");
    }
    np_text_puts(html->out, "</li>\n");
}

void np_html_explanation(np_html *html, const np_book *book, const np_step *step)
{
    np_text_puts(html->out, "<ul class=\"why\">\n");
    for (const np_step *child = step->first; child; child = child->next) step_item(html, book, child);
    np_text_puts(html->out, "</ul>\n");
}

void np_html_short_explanation(np_html *html, const np_book *book, const np_step *step)
{
    for (const np_step *child = step->first; child; child = child->next) {
        if (child->kind == NP_STEP_AMOUNT && child->filled) {
            np_html_put(html, "<code>$</code>", child->filled);
            value(html, book, child);
        } else if (child->kind == NP_STEP_MISSING) {
            words(html, book, child);
        }
    }
}
