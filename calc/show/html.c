/* Building blocks of HTML reports. */
#include "natopay/show/html.h"

#include <stdarg.h>
#include <string.h>

#include "html_parts.h"
#include "natopay/pay/words.h"
#include "natopay/show/estimate.h"

/* ---- text ---- */

void np_html_escape(np_text *out, const char *text)
{
    for (size_t left = strlen(text); left > 0;) {
        uint32_t point;
        size_t size = np_utf8_next(text, left, &point);
        bool control = (point < 0x20 && point != '\n' && point != '\t') || (point >= 0x7F && point < 0xA0);
        bool nothing = point == NP_UTF8_BAD || (point & 0xFFFE) == 0xFFFE; /* no characters of XML */
        const char *entity = point == '&'    ? "&amp;"
                             : point == '<'  ? "&lt;"
                             : point == '>'  ? "&gt;"
                             : point == '"'  ? "&quot;"
                             : point == '\'' ? "&#39;"
                                             : NULL;
        if (entity)
            np_text_puts(out, entity);
        else if (control || nothing)
            np_text_puts(out, "\xEF\xBF\xBD");
        else
            np_text_add(out, text, size);
        text += size;
        left -= size;
    }
}

void np_html_put(np_html *html, const char *markup, ...)
{
    va_list args;
    va_start(args, markup);
    for (;;) {
        size_t plain = strcspn(markup, "$");
        np_text_add(html->out, markup, plain);
        if (!markup[plain]) break;
        const char *text = va_arg(args, const char *);
        if (text) np_html_escape(html->out, text);
        markup += plain + 1;
    }
    va_end(args);
}

const char *np_html_say(const np_html *html, const char *english)
{
    return np_say(html->lang, english);
}

const char *np_short_label(np_arena *arena, const char *text, size_t characters)
{
    size_t length = strlen(text), at = 0, count = 0, cut = 0;
    char *copy = np_arena_copy(arena, text, length);
    while (at < length) {
        uint32_t point;
        size_t size = np_utf8_next(text + at, length - at, &point);
        if (point == '\n' || point == '\r' || point == '\t') copy[at] = ' ';
        if (++count == characters) cut = at; /* the ellipsis takes this one's place when there are more */
        at += size;
    }
    return count > characters ? np_arena_format(arena, "%.*s\xE2\x80\xA6", (int)cut, copy) : copy;
}

static const char *kept(np_html *html, np_text *text)
{
    return np_text_move(text, html->arena);
}

static void grouped(np_html *html, np_text *out, const char *digits)
{
    size_t whole = strcspn(digits, ".");
    for (size_t i = 0; i < whole; i++) {
        if (i && (whole - i) % 3 == 0) np_text_puts(out, "\xE2\x80\xAF"); /* narrow no-break space */
        np_text_putc(out, digits[i]);
    }
    if (!digits[whole]) return;
    np_text_puts(out, np_say_as(html->lang, "decimal mark", "."));
    np_text_puts(out, digits + whole + 1);
}

static const char *amount_words(np_html *html, const np_book *book, np_num amount, uint16_t currency, bool with_sign)
{
    np_text plain, text;
    np_text_init(&plain, 4096);
    np_text_init(&text, 16384);
    np_print_amount(&plain, book, amount, currency);
    const char *digits = np_text_string(&plain);
    if (digits[0] == '-')
        np_text_puts(&text, "\xE2\x88\x92"); /* minus sign */
    else if (with_sign && strspn(digits, "0.") != strlen(digits))
        np_text_putc(&text, '+');
    grouped(html, &text, digits + (digits[0] == '-'));
    np_text_lost(&text, &plain);
    np_text_free(&plain);
    return kept(html, &text);
}

const char *np_html_amount(np_html *html, const np_book *book, np_num amount, uint16_t currency)
{
    return amount_words(html, book, amount, currency, false);
}

const char *np_html_signed(np_html *html, const np_book *book, np_num amount, uint16_t currency)
{
    return amount_words(html, book, amount, currency, true);
}

const char *np_html_date(np_html *html, np_date date)
{
    np_text text;
    np_text_init(&text, 64);
    np_date_print(&text, date);
    return kept(html, &text);
}

const char *np_html_value(np_html *html, const np_book *book, const np_value *value)
{
    np_text text;
    np_text_init(&text, 65536);
    np_print_value(&text, book, value, html->lang);
    return kept(html, &text);
}

/* ---- the page ---- */

void np_html_start(np_html *html, np_text *out, np_arena *arena, const np_lang *lang, const np_book *book,
                   const char *title)
{
    *html = (np_html){.out = out, .arena = arena, .lang = lang, .sources = np_basis_new(book, arena)};
    np_html_put(html,
                "<!DOCTYPE html>\n<html lang=\"$\">\n<head>\n<meta charset=\"utf-8\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>$</title>\n<style>\n",
                lang ? lang->language : "en", np_short_label(arena, title, 60));
    np_html_style(out);
    np_text_puts(out, "</style>\n</head>\n<body>\n");
}

void np_html_end(np_html *html, const char *footer)
{
    np_html_put(html, "</main>\n<footer>\n<p>$</p>\n</footer>\n</body>\n</html>\n", footer);
}

void np_html_section(np_html *html, const char *heading)
{
    np_html_put(html, "<section>\n<h2>$</h2>\n", heading);
}

void np_html_end_section(np_html *html)
{
    np_text_puts(html->out, "</section>\n");
}

/* ---- statuses and sources ---- */

void np_html_status(np_html *html, np_status status)
{
    const char *word = np_status_word(status, html->lang);
    np_html_put(html, "<i class=\"s s$\" role=\"img\" aria-label=\"$\" title=\"$\"></i>",
                np_arena_format(html->arena, "%d", (int)status), word, word);
}

void np_html_legend(np_html *html)
{
    static const char *const MEANING[NP_STATUS_COUNT] = {
        NP_MARK("an official text or a notice prints it"),     NP_MARK("a published figure carried by an index"),
        NP_MARK("another Co-ordinated Organisation's figure"), NP_MARK("by the ratio of two countries"),
        NP_MARK("our assumption, with low and high"),          NP_MARK("your own figure"),
    };
    np_text_puts(html->out, "<ul class=\"marks\">\n");
    for (int s = 0; s < NP_STATUS_COUNT; s++) {
        np_text_printf(html->out, "<li><i class=\"s s%d\"></i>", s);
        np_html_put(html, "<b>$</b>$$</li>\n", np_status_word((np_status)s, html->lang), np_html_say(html, ": "),
                    np_say(html->lang, MEANING[s]));
    }
    np_text_puts(html->out, "</ul>\n");
}

size_t np_html_source_number(np_html *html, const np_source *source)
{
    np_basis *all = html->sources;
    /* by name: posts side by side each have a book of their own */
    for (size_t i = 0; i < all->source_count; i++)
        if (strcmp(all->sources[i]->name, source->name) == 0) return i + 1;
    all->sources = np_arena_grow(html->arena, all->sources, &all->source_capacity, all->source_count + 1,
                                 sizeof(const np_source *));
    all->sources[all->source_count++] = source;
    return all->source_count;
}

void np_html_references(np_html *html, const np_basis *basis)
{
    for (size_t i = 0; i < basis->source_count; i++) {
        const char *number = np_arena_format(html->arena, "%zu", np_html_source_number(html, basis->sources[i]));
        np_html_put(html, i ? " <a href=\"#s$\">$</a>" : "<a href=\"#s$\">$</a>", number, number);
    }
}

void np_html_sources(np_html *html)
{
    if (html->sources->source_count == 0) return;
    np_html_section(html, np_html_say(html, "Sources"));
    np_text_puts(html->out, "<ol class=\"small\">\n");
    for (size_t i = 0; i < html->sources->source_count; i++) {
        const np_source *source = html->sources->sources[i];
        const char *more[] = {source->publisher, source->date, np_label_text(&source->locator, html->lang, NULL)};
        np_html_put(html, "<li id=\"s$\"><bdi>$</bdi>", np_arena_format(html->arena, "%zu", i + 1),
                    np_label_text(&source->label, html->lang, source->title));
        for (size_t m = 0; m < 3; m++)
            if (more[m]) np_html_put(html, ", $", more[m]);
        np_text_puts(html->out, "</li>\n");
    }
    np_text_puts(html->out, "</ol>\n");
    np_html_end_section(html);
}
