/* The table of a rule book's sections and keys. */
#include "natopay/book/schema.h"

#include <stddef.h>

#include "build.h"
#include "natopay/book/contracts.h"

enum { NEEDED = true, OPTIONAL = false };

/* ---- the organisation and its tables ---- */

static const np_key_schema ORGANISATION[] = {
    {"name", NP_KEY_TEXT, NEEDED, "", offsetof(np_book, name), NP_MARK("what it is called for short")},
    {"members", NP_KEY_OWN, OPTIONAL, "COUNTRY, ...", NP_NOWHERE, NP_MARK("its member countries")},
    {"languages", NP_KEY_OWN, OPTIONAL, "LANGUAGE, ...", NP_NOWHERE,
     NP_MARK("the languages it works in, by their two letters: check warns of texts that one of them lacks")},
    {"staff_id", NP_KEY_OWN, OPTIONAL, "HEADING, ...", NP_NOWHERE,
     NP_MARK("what staff lists call the column that tells staff apart; staff_id.fr and the like: other languages")},
    {"nothing", NP_KEY_OWN, OPTIONAL, "WORD, ...", NP_NOWHERE,
     NP_MARK("what staff lists write where there is nothing; nothing.fr and the like: other languages")},
    {"no_date", NP_KEY_OWN, OPTIONAL, "WORD, ...", NP_NOWHERE,
     NP_MARK("what they write besides where there is no date, as of the end of a contract; no_date.fr and the like")},
    {"working_time", NP_KEY_OWN, OPTIONAL, "INPUT", NP_NOWHERE,
     NP_MARK("the share of full working time, by which plans count full-time equivalents")},
    {"currency", NP_KEY_OWN, OPTIONAL, "CURRENCY", NP_NOWHERE,
     NP_MARK("in which posts are paid where a country says nothing else; a single one needs no section")},
    {"scale", NP_KEY_OWN, OPTIONAL, "NAME", NP_NOWHERE,
     NP_MARK("one scale holds for all countries: its sections are [scale NAME DATE]")},
    {"rounding", NP_KEY_OWN, OPTIONAL, "MODE", NP_NOWHERE,
     NP_MARK("how scale figures are rounded, and rules that say nothing else")},
    {"reference", NP_KEY_OWN, OPTIONAL, "COUNTRY", NP_NOWHERE, NP_MARK("the country whose scale others follow")},
    {"step_value", NP_KEY_OWN, OPTIONAL, "PARAMETER", NP_NOWHERE,
     NP_MARK("by how much a step that no scale prints exceeds the one before")},
    {"steps", NP_KEY_OWN, OPTIONAL, "PARAMETER", NP_NOWHERE, NP_MARK("how many steps a grade has")},
    {"months", NP_KEY_OWN, OPTIONAL, "NUMBER", NP_NOWHERE,
     NP_MARK("how many months timeline, project and plan go on for unless told: 72")},
    {"compared_months", NP_KEY_OWN, OPTIONAL, "NUMBER, NUMBER", NP_NOWHERE,
     NP_MARK(
         "over how many months of service posts are compared, a shorter time and a longer one unless told: 36, 72")},
    {"terms", NP_KEY_LABEL, OPTIONAL, "", offsetof(np_book, terms),
     NP_MARK("one sentence that goes with every payslip")},
};

static const np_key_schema SOURCE[] = {
    {"title", NP_KEY_LABEL, NEEDED, "", offsetof(np_source, label), NP_MARK("what the text is called")},
    {"publisher", NP_KEY_TEXT, OPTIONAL, "", offsetof(np_source, publisher), NP_MARK("who published it")},
    {"date", NP_KEY_TEXT, OPTIONAL, "", offsetof(np_source, date), NP_MARK("its date, as far as it is known")},
    {"locator", NP_KEY_LABEL, OPTIONAL, "", offsetof(np_source, locator), NP_MARK("where in it: article, annex, page")},
    {"url", NP_KEY_TEXT, OPTIONAL, "URL", offsetof(np_source, url), NP_MARK("where it can be read")},
};

static const np_key_schema CURRENCY[] = {
    {"symbol", NP_KEY_TEXT, OPTIONAL, "", offsetof(np_currency, symbol), NP_MARK("its sign")},
    {"minor_unit", NP_KEY_OWN, OPTIONAL, "NUMBER", NP_NOWHERE, NP_MARK("the smallest amount paid: 0.01 unless told")},
};

static const np_key_schema EXCHANGE[] = {
    {"YYYY-MM-DD", NP_KEY_OWN, OPTIONAL, "NUMBER", NP_NOWHERE, NP_MARK("units for one euro from that day on")},
    {"status", NP_KEY_OWN, OPTIONAL, "STATUS", NP_NOWHERE, NP_MARK("how sure its figures are")},
    {"source", NP_KEY_OWN, OPTIONAL, "SOURCE", NP_NOWHERE, NP_MARK("where they are from")},
    {"low", NP_KEY_OWN, OPTIONAL, "NUMBER", NP_NOWHERE, NP_MARK("the least that the newest rate may be")},
    {"high", NP_KEY_OWN, OPTIONAL, "NUMBER", NP_NOWHERE, NP_MARK("the most that the newest rate may be")},
};

static const np_key_schema COUNTRY[] = {
    {"currency", NP_KEY_OWN, OPTIONAL, "CURRENCY", NP_NOWHERE,
     NP_MARK("in which posts there are paid; that of the organisation unless told")},
    {"member", NP_KEY_TRUTH, OPTIONAL, "", offsetof(np_country, member),
     NP_MARK("whether it is a member; unless told, the organisation's list says so")},
    {"aliases", NP_KEY_OWN, OPTIONAL, "NAME, ...", NP_NOWHERE,
     NP_MARK("other names that people write; people.aliases: what its nationals are called")},
    {"status", NP_KEY_OWN, OPTIONAL, "STATUS", NP_NOWHERE, NP_MARK("how sure what is said of it is")},
    {"source", NP_KEY_OWN, OPTIONAL, "SOURCE", NP_NOWHERE, NP_MARK("where that is from")},
};

static const np_key_schema STATION[] = {
    {"country", NP_KEY_OWN, NEEDED, "COUNTRY", NP_NOWHERE, NP_MARK("where it is")},
    {"town", NP_KEY_TEXT, NEEDED, "", offsetof(np_station, town), NP_MARK("its town")},
    {"body", NP_KEY_TEXT, OPTIONAL, "", offsetof(np_station, body), NP_MARK("the body that is there")},
    {"aliases", NP_KEY_OWN, OPTIONAL, "NAME, ...", NP_NOWHERE, NP_MARK("other names that people write")},
    {"source", NP_KEY_OWN, OPTIONAL, "SOURCE", NP_NOWHERE, NP_MARK("where that is from")},
};

static const np_key_schema GRADE[] = {
    {"rank", NP_KEY_OWN, OPTIONAL, "NUMBER", NP_NOWHERE,
     NP_MARK("its place in the order of grades, from the lowest: one above the section before unless told")},
    {"category", NP_KEY_TEXT, OPTIONAL, "", offsetof(np_grade, category), NP_MARK("the category of staff")},
    {"legacy", NP_KEY_TEXT, OPTIONAL, "", offsetof(np_grade, legacy), NP_MARK("what it was called before")},
    {"aliases", NP_KEY_OWN, OPTIONAL, "NAME, ...", NP_NOWHERE, NP_MARK("other names that people write")},
    {"twin", NP_KEY_OWN, OPTIONAL, "GRADE", NP_NOWHERE,
     NP_MARK("the higher grade of twin-graded posts that begin with this one")},
    {"status", NP_KEY_OWN, OPTIONAL, "STATUS", NP_NOWHERE, NP_MARK("how sure what is said of it is")},
    {"source", NP_KEY_OWN, OPTIONAL, "SOURCE", NP_NOWHERE, NP_MARK("where that is from")},
};

static const np_key_schema SCALE[] = {
    {"GRADE", NP_KEY_OWN, OPTIONAL, "NUMBER, ...", NP_NOWHERE,
     NP_MARK("the basic monthly salary of step 1, step 2 and so on: g10 = 5335.54, 5495.61")},
    {"index", NP_KEY_OWN, OPTIONAL, "NUMBER", NP_NOWHERE,
     NP_MARK("the factor on the country's scale before: 1.038 for a rise of 3.8 %")},
    {"ratio", NP_KEY_OWN, OPTIONAL, "NUMBER", NP_NOWHERE,
     NP_MARK("what salaries are to those of the reference country, where no grade gives it")},
    {"reference", NP_KEY_COUNTRY, OPTIONAL, "", offsetof(np_scale, reference),
     NP_MARK("the country from which grades without a figure are estimated")},
    {"floor", NP_KEY_COUNTRY, OPTIONAL, "", offsetof(np_scale, floor),
     NP_MARK("the country below whose figures none may lie")},
    {"status", NP_KEY_OWN, OPTIONAL, "STATUS", NP_NOWHERE, NP_MARK("how sure its figures are")},
    {"source", NP_KEY_OWN, OPTIONAL, "SOURCE", NP_NOWHERE, NP_MARK("where they are from")},
};

static const np_key_schema PARAMETER[] = {
    {"YYYY-MM-DD", NP_KEY_OWN, OPTIONAL, "VALUE, ...", NP_NOWHERE,
     NP_MARK("its value from that day on; several are a list, asked by position")},
    {"COUNTRY YYYY-MM-DD", NP_KEY_OWN, OPTIONAL, "VALUE, ...", NP_NOWHERE, NP_MARK("its value in that country")},
    {"KEY YYYY-MM-DD", NP_KEY_OWN, OPTIONAL, "VALUE", NP_NOWHERE,
     NP_MARK("with `by`: its value for that grade, category, choice or text")},
    {"by", NP_KEY_OWN, OPTIONAL, "formula: grade or text", NP_NOWHERE,
     NP_MARK("what its values go by, where a formula names it alone")},
    {"type", NP_KEY_OWN, OPTIONAL, "TYPE", NP_NOWHERE,
     NP_MARK("what its values are, where they do not show it; alone: exists, and was not found")},
    {"index", NP_KEY_OWN, OPTIONAL, "scale COUNTRY", NP_NOWHERE,
     NP_MARK("between the days given it moves by the indexes of that country's scale, rounded at each")},
    {"reference", NP_KEY_COUNTRY, OPTIONAL, "", offsetof(np_parameter, reference),
     NP_MARK("the country whose figures it is given in")},
    {"compared", NP_KEY_TRUTH, OPTIONAL, "", NP_NOWHERE, NP_MARK("whether it is a row where posts are compared")},
    {"status", NP_KEY_OWN, OPTIONAL, "STATUS", NP_NOWHERE, NP_MARK("how sure its figures are")},
    {"source", NP_KEY_OWN, OPTIONAL, "SOURCE", NP_NOWHERE, NP_MARK("where they are from")},
    {"low", NP_KEY_OWN, OPTIONAL, "VALUE, ...", NP_NOWHERE, NP_MARK("the least that its value may be")},
    {"high", NP_KEY_OWN, OPTIONAL, "VALUE, ...", NP_NOWHERE, NP_MARK("the most that its value may be")},
};

/* ---- inputs, rules and what speaks of them ---- */

static const np_key_schema FUNCTION[] = {
    {"args", NP_KEY_OWN, NEEDED, "NAME, ...", NP_NOWHERE, NP_MARK("what it is called with, in this order")},
    {"amount", NP_KEY_OWN, NEEDED, "formula", NP_NOWHERE, NP_MARK("what it gives; its arguments are names in it")},
    {"source", NP_KEY_OWN, OPTIONAL, "SOURCE, ...", NP_NOWHERE, NP_MARK("where it is from")},
};

static const np_key_schema INPUT[] = {
    {"type", NP_KEY_OWN, OPTIONAL, "TYPE", NP_NOWHERE,
     NP_MARK("number, money, truth, text, date, dates, duration, grade or country; those that natopay itself asks for "
             "have theirs: date, start, grade, twin_grade, duty_country, station")},
    {"default", NP_KEY_FORMULA, OPTIONAL, "", offsetof(np_input, fallback),
     NP_MARK("what is assumed while it is not given")},
    {"min", NP_KEY_OWN, OPTIONAL, "VALUE", NP_NOWHERE, NP_MARK("the least that it may be")},
    {"max", NP_KEY_OWN, OPTIONAL, "VALUE", NP_NOWHERE, NP_MARK("the most that it may be")},
    {"choices", NP_KEY_OWN, OPTIONAL, "WORD, ...", NP_NOWHERE,
     NP_MARK("the words it may be; CHOICE.label: what people call one, CHOICE.aliases: its other names; of a truth "
             "yes.aliases and no.aliases")},
    {"headings", NP_KEY_OWN, OPTIONAL, "HEADING, ...", NP_NOWHERE,
     NP_MARK("what staff lists call it, the surest first; headings.fr and the like: in other languages")},
    {"question", NP_KEY_LABEL, OPTIONAL, "", offsetof(np_input, question), NP_MARK("how a person is asked for it")},
    {"about", NP_KEY_WORD, OPTIONAL, "none post person scenario", offsetof(np_input, about),
     NP_MARK("whom or what it describes")},
    {"whole", NP_KEY_TRUTH, OPTIONAL, "", NP_NOWHERE, NP_MARK("whether it is a whole number")},
    {"lasting", NP_KEY_TRUTH, OPTIONAL, "", NP_NOWHERE,
     NP_MARK("whether it holds for the whole of somebody's service: in a list, a further row of the same person has it "
             "from the row above")},
    {"former", NP_KEY_OWN, OPTIONAL, "INPUT", NP_NOWHERE,
     NP_MARK("the input of which it is the former value: in a list, a further row of the same person has here what the "
             "row above has there")},
    {"compared", NP_KEY_TRUTH, OPTIONAL, "", NP_NOWHERE, NP_MARK("whether it is a row where posts are compared")},
    {"one_country", NP_KEY_TRUTH, OPTIONAL, "", NP_NOWHERE,
     NP_MARK("whether it speaks of one duty country: compare warns of a person's file that gives it for several")},
    {"status", NP_KEY_OWN, OPTIONAL, "user", NP_NOWHERE,
     NP_MARK("user: amounts that follow from it are the person's own")},
    {"range", NP_KEY_TRUTH, OPTIONAL, "", NP_NOWHERE,
     NP_MARK("whether the range of the net covers what may be answered")},
    {"range_low", NP_KEY_FORMULA, OPTIONAL, "", offsetof(np_input, range_low),
     NP_MARK("the least that the range covers while it is not answered")},
    {"range_high", NP_KEY_FORMULA, OPTIONAL, "", offsetof(np_input, range_high),
     NP_MARK("the most that the range covers while it is not answered")},
    {"sample", NP_KEY_OWN, OPTIONAL, "SHARE: VALUE, ...", NP_NOWHERE,
     NP_MARK("what made-up staff have, so many of 100 each: 70: 0, 30: 1 to 29; 100: 0 to 900 by 10")},
    {"sample_if", NP_KEY_OWN, OPTIONAL, "INPUT", NP_NOWHERE,
     NP_MARK("of made-up staff only those have it of whom this truth holds")},
    {"in_formulas", NP_KEY_TRUTH, OPTIONAL, "", NP_NOWHERE,
     NP_MARK("no: formulas cannot name it, and a rule may bear its name")},
};

static const np_key_schema RULE[] = {
    {"kind", NP_KEY_WORD, NEEDED, "fact salary allowance deduction adjustment employer once", offsetof(np_rule, kind),
     NP_MARK("what line of the payslip it is; a fact is none")},
    {"when", NP_KEY_FORMULA, OPTIONAL, "truth", offsetof(np_rule, when),
     NP_MARK("the condition under which it is due")},
    {"amount", NP_KEY_FORMULA, NEEDED, "", offsetof(np_rule, amount), NP_MARK("how much it is")},
    {"date", NP_KEY_FORMULA, OPTIONAL, "date", offsetof(np_rule, date),
     NP_MARK("of kind once: the day on which it is paid")},
    {"rounding", NP_KEY_OWN, OPTIONAL, "MODE or none", NP_NOWHERE,
     NP_MARK("how its amount is rounded to the currency's smallest unit")},
    {"from", NP_KEY_DATE, OPTIONAL, "", offsetof(np_rule, from), NP_MARK("the first day on which it is in force")},
    {"until", NP_KEY_DATE, OPTIONAL, "", offsetof(np_rule, until), NP_MARK("the last day on which it is in force")},
    {"counts_in", NP_KEY_OWN, OPTIONAL, "NAME, ...", NP_NOWHERE,
     NP_MARK("what it is a part of: formulas add it up by sum('NAME')")},
    {"employer", NP_KEY_TRUTH, OPTIONAL, "", NP_NOWHERE,
     NP_MARK("of kind adjustment: whether the employer's cost rises and falls with it; yes unless told")},
    {"required", NP_KEY_TRUTH, OPTIONAL, "", NP_NOWHERE,
     NP_MARK("yes: while it is not known, the net is not told without saying so; of a deduction or an adjustment "
             "unless told")},
    {"order", NP_KEY_OWN, OPTIONAL, "NUMBER", NP_NOWHERE, NP_MARK("where its line stands among those of its kind")},
    {"status", NP_KEY_OWN, OPTIONAL, "STATUS", NP_NOWHERE, NP_MARK("how sure the rule itself is")},
    {"source", NP_KEY_OWN, OPTIONAL, "SOURCE, ...", NP_NOWHERE, NP_MARK("where it is from")},
};

static const np_key_schema CHECK[] = {
    {"when", NP_KEY_FORMULA, NEEDED, "truth", offsetof(np_check, when), NP_MARK("when it speaks up")},
    {"message", NP_KEY_LABEL, NEEDED, "", offsetof(np_check, message), NP_MARK("what it says")},
    {"hint", NP_KEY_LABEL, OPTIONAL, "", offsetof(np_check, hint), NP_MARK("what to do about it")},
    {"about", NP_KEY_OWN, OPTIONAL, "INPUT", NP_NOWHERE, NP_MARK("the input that it points at")},
    {"severity", NP_KEY_WORD, OPTIONAL, "error warning", NP_NOWHERE, NP_MARK("whether it stops")},
    {"source", NP_KEY_SOURCE, OPTIONAL, "", offsetof(np_check, source), NP_MARK("where it is from")},
};

static const np_key_schema EXCLUSION[] = {
    {"when", NP_KEY_FORMULA, OPTIONAL, "truth", offsetof(np_check, when),
     NP_MARK("whom it could concern; everybody unless told")},
    {"kind", NP_KEY_WORD, OPTIONAL, "left_out not_due", NP_NOWHERE,
     NP_MARK("what pay leaves out; or what one could expect and is not due, where `when` surely holds")},
    {"source", NP_KEY_SOURCE, OPTIONAL, "", offsetof(np_check, source), NP_MARK("where it is from")},
};

/* ---- the life of a contract ---- */

#define ABOUT                                                                                  \
    {"status", NP_KEY_OWN, OPTIONAL, "STATUS", NP_NOWHERE, NP_MARK("how sure it is")},         \
    {                                                                                          \
        "source", NP_KEY_OWN, OPTIONAL, "SOURCE, ...", NP_NOWHERE, NP_MARK("where it is from") \
    }

static const np_key_schema CONTRACT[] = {
    {"length", NP_KEY_FORMULA, OPTIONAL, "duration", offsetof(np_contract, length),
     NP_MARK("how long it runs; not given: without end")},
    {"probation", NP_KEY_FORMULA, OPTIONAL, "duration", offsetof(np_contract, probation),
     NP_MARK("how long the probation is")},
    {"renewal", NP_KEY_FORMULA, OPTIONAL, "duration", offsetof(np_contract, renewal),
     NP_MARK("by how much it can be renewed")},
    {"maximum", NP_KEY_FORMULA, OPTIONAL, "duration", offsetof(np_contract, maximum),
     NP_MARK("the longest service of this kind")},
    {"then", NP_KEY_OWN, OPTIONAL, "CONTRACT", NP_NOWHERE, NP_MARK("the kind that may follow")},
    {"sample", NP_KEY_OWN, OPTIONAL, "NUMBER", NP_NOWHERE, NP_MARK("how many of 100 made-up staff have it")},
    {"sample_months", NP_KEY_OWN, OPTIONAL, "NUMBER, ...", NP_NOWHERE,
     NP_MARK("how long theirs are, in months: one as often as the other")},
    ABOUT,
};

static const np_key_schema MILESTONE[] = {
    {"contract", NP_KEY_OWN, OPTIONAL, "CONTRACT, ...", NP_NOWHERE,
     NP_MARK("the kinds of contract it is for; all unless told")},
    {"when", NP_KEY_FORMULA, OPTIONAL, "truth", offsetof(np_milestone, when), NP_MARK("whom it concerns")},
    {"date", NP_KEY_FORMULA, OPTIONAL, "date", offsetof(np_milestone, date), NP_MARK("its day")},
    {"every", NP_KEY_FORMULA, OPTIONAL, "duration", offsetof(np_milestone, every), NP_MARK("how often it comes again")},
    {"since", NP_KEY_FORMULA, OPTIONAL, "date", offsetof(np_milestone, since),
     NP_MARK("the day from which `every` counts, itself none of its days")},
    {"last_day", NP_KEY_TRUTH, OPTIONAL, "", offsetof(np_milestone, last_day),
     NP_MARK("yes: on the last day of each such time")},
    {"until", NP_KEY_FORMULA, OPTIONAL, "date", offsetof(np_milestone, until), NP_MARK("after which it comes no more")},
    {"each", NP_KEY_FORMULA, OPTIONAL, "dates", offsetof(np_milestone, each),
     NP_MARK("a list of days, one milestone for each")},
    {"after", NP_KEY_FORMULA, OPTIONAL, "duration", offsetof(np_milestone, after),
     NP_MARK("how much later than each of them")},
    {"number", NP_KEY_FORMULA, OPTIONAL, "number", offsetof(np_milestone, number),
     NP_MARK("a number shown with it, as in 30 days")},
    {"event", NP_KEY_WORD, OPTIONAL, "none step advancement", offsetof(np_milestone, event),
     NP_MARK("what of the career it is")},
    {"falls", NP_KEY_OWN, OPTIONAL, "RULE", NP_NOWHERE, NP_MARK("the rule whose line, when first due, it is")},
    ABOUT,
};

static const np_key_schema PATH[] = {
    {"when", NP_KEY_FORMULA, OPTIONAL, "truth", offsetof(np_path, when),
     NP_MARK("whom this way through a twin-graded post is open to")},
    {"date", NP_KEY_FORMULA, OPTIONAL, "date", offsetof(np_path, date),
     NP_MARK("the day of advancement; not given: none")},
    ABOUT,
};

static const np_key_schema CONDITION[] = {
    {"when", NP_KEY_FORMULA, OPTIONAL, "truth", offsetof(np_condition, when), NP_MARK("where it is asked for")},
    {"holds", NP_KEY_FORMULA, NEEDED, "truth", offsetof(np_condition, holds), NP_MARK("whether it is met")},
    {"missing", NP_KEY_LABEL, OPTIONAL, "", offsetof(np_condition, missing), NP_MARK("what to do where it is not")},
    {"bars", NP_KEY_TRUTH, OPTIONAL, "", offsetof(np_condition, bars),
     NP_MARK("yes: without it nobody can be appointed")},
    ABOUT,
};

static const np_key_schema CAREER[] = {
    {"steps_from", NP_KEY_FORMULA, OPTIONAL, "date", offsetof(np_progress, steps_from),
     NP_MARK("the day from which the first interval counts")},
    {"step_held_on", NP_KEY_FORMULA, OPTIONAL, "date", offsetof(np_progress, step_held_on),
     NP_MARK("the day on which the step given was held")},
    {"known_until", NP_KEY_FORMULA, OPTIONAL, "date", offsetof(np_progress, known_until),
     NP_MARK("the day after which nothing is known of service")},
    {"step_interval", NP_KEY_FORMULA, OPTIONAL, "duration", offsetof(np_progress, step_interval),
     NP_MARK("how long a step lasts")},
    {"steps", NP_KEY_FORMULA, OPTIONAL, "number", offsetof(np_progress, steps), NP_MARK("how many steps a grade has")},
    {"salary", NP_KEY_FORMULA, NEEDED, "money", offsetof(np_progress, salary),
     NP_MARK("what is compared on advancement")},
    {"must_end", NP_KEY_FORMULA, OPTIONAL, "date", offsetof(np_progress, must_end), NP_MARK("the last day of service")},
    {"must_end_when", NP_KEY_FORMULA, OPTIONAL, "truth", offsetof(np_progress, must_end_when),
     NP_MARK("whom that holds for")},
    {"step_on_advancement", NP_KEY_WORD, OPTIONAL, "lowest_not_below same first", offsetof(np_progress, on_advancement),
     NP_MARK("the step in the higher grade")},
    {"step_clock", NP_KEY_WORD, OPTIONAL, "goes_on restarts", NP_NOWHERE,
     NP_MARK("whether the interval counts anew from an advancement")},
    ABOUT,
};

static const np_key_schema CHANGE[] = {
    {"when", NP_KEY_OWN, OPTIONAL, "truth", NP_NOWHERE, NP_MARK("whom it is for, as they stand on the day")},
    {"set", NP_KEY_OWN, OPTIONAL, "INPUT = VALUE, ...", NP_NOWHERE, NP_MARK("what inputs are from then on")},
    {"from", NP_KEY_OWN, OPTIONAL, "DATE", NP_NOWHERE, NP_MARK("the day: the plan's first month unless told")},
    {"every", NP_KEY_OWN, OPTIONAL, "DURATION", NP_NOWHERE, NP_MARK("again so often after that day")},
    {"share", NP_KEY_OWN, OPTIONAL, "NUMBER", NP_NOWHERE, NP_MARK("for a part of them, drawn by their keys")},
    {"count", NP_KEY_OWN, OPTIONAL, "NUMBER", NP_NOWHERE, NP_MARK("for exactly so many of them, drawn by their keys")},
    {"seed", NP_KEY_OWN, OPTIONAL, "", NP_NOWHERE, NP_MARK("another seed draws others")},
    {"leave", NP_KEY_OWN, OPTIONAL, "TRUTH", NP_NOWHERE, NP_MARK("yes: who is in service leaves before that day")},
    {"join", NP_KEY_OWN, OPTIONAL, "TRUTH", NP_NOWHERE, NP_MARK("no: who would begin on that day or later does not")},
    ABOUT,
};

static const np_key_schema SCENARIO[] = {
    {"when", NP_KEY_OWN, OPTIONAL, "truth", NP_NOWHERE, NP_MARK("whom it is for: all members of staff unless told")},
    {"title", NP_KEY_OWN, OPTIONAL, "", NP_NOWHERE, NP_MARK("what it is called, where it has no label")},
    {"source", NP_KEY_OWN, OPTIONAL, "SOURCE, ...", NP_NOWHERE, NP_MARK("where it is from")},
};

/* ---- vacancy notices ---- */

static const np_key_schema FIELD[] = {
    {"values", NP_KEY_LABEL, OPTIONAL, "VALUE=WORDS|...", offsetof(np_field, values),
     NP_MARK("how its values are shown, where not as they are; files and programs get them as they are")},
    {"input", NP_KEY_TEXT, OPTIONAL, "INPUT", offsetof(np_field, input),
     NP_MARK("the input of a post that gets its value: that of its own name unless told")},
    {"expected", NP_KEY_TRUTH, OPTIONAL, "", offsetof(np_field, expected),
     NP_MARK("yes: it is shown also where a notice does not state it")},
};

/* Read by calc/notice, which compiles expressions only when there is a notice. */
static const np_key_schema PATTERN[] = {
    {"field", NP_KEY_OWN, NEEDED, "FIELD", NP_NOWHERE,
     NP_MARK("the field that it finds, or one of debris, region, owner, evidence, organisation, employer, currency, "
             "period, "
             "label, words, place, remark")},
    {"head", NP_KEY_OWN, OPTIONAL, "PHRASES", NP_NOWHERE,
     NP_MARK("labels; what stands behind one, or beneath it, is the value")},
    {"words", NP_KEY_OWN, OPTIONAL, "PHRASES", NP_NOWHERE,
     NP_MARK("names, found as they are; in capitals only where they are written so")},
    {"regex", NP_KEY_OWN, OPTIONAL, "REGEX", NP_NOWHERE,
     NP_MARK("an expression over the text without accents and bullets; %n, %m a number, %u a unit of time, %{NAME} a "
             "list")},
    {"kind", NP_KEY_OWN, OPTIONAL, "text, date, grade, money, number, months or place", NP_NOWHERE,
     NP_MARK("what the value is: text unless told")},
    {"value", NP_KEY_OWN, OPTIONAL, "text", NP_NOWHERE,
     NP_MARK("the value in our words, with $1, $2 for what groups matched")},
    {"weight", NP_KEY_OWN, OPTIONAL, "-100 to 100", NP_NOWHERE,
     NP_MARK("how far the wording can be trusted: 50 unless told")},
    {"anchor", NP_KEY_OWN, OPTIONAL, "WORD|...", NP_NOWHERE,
     NP_MARK("the expression is tried near one of these words only, which makes reading fast")},
    {"window", NP_KEY_OWN, OPTIONAL, "0 to 1000", NP_NOWHERE,
     NP_MARK("how many bytes around an anchor: 160 unless told; 0: it begins with one")},
    {"reach", NP_KEY_OWN, OPTIONAL, "0 to 1000", NP_NOWHERE,
     NP_MARK("how many bytes behind the match the value may stand: 80 unless told")},
    {"near", NP_KEY_OWN, OPTIONAL, "REGEX", NP_NOWHERE, NP_MARK("found in the same paragraph: it counts for more")},
    {"line", NP_KEY_OWN, OPTIONAL, "REGEX", NP_NOWHERE, NP_MARK("found in the same line: for much more")},
    {"against", NP_KEY_OWN, OPTIONAL, "REGEX", NP_NOWHERE, NP_MARK("found near: for much less")},
    {"like", NP_KEY_OWN, OPTIONAL, "PATTERN", NP_NOWHERE,
     NP_MARK("the pattern whose near, line and against hold here too, where it has none of its own")},
    {"until", NP_KEY_OWN, OPTIONAL, "REGEX", NP_NOWHERE, NP_MARK("of a region: where it ends")},
    {"fields", NP_KEY_OWN, OPTIONAL, "FIELD ...", NP_NOWHERE, NP_MARK("of a region or an owner: the fields concerned")},
    {"scope", NP_KEY_OWN, OPTIONAL, "behind, before or clause", NP_NOWHERE,
     NP_MARK("of an owner or a remark: the words concerned")},
    {"where", NP_KEY_OWN, OPTIONAL, "start", NP_NOWHERE, NP_MARK("in the first part of the text only")},
    {"slot", NP_KEY_OWN, OPTIONAL, "PATTERN", NP_NOWHERE, NP_MARK("tried on the values of this label only")},
    {"strict", NP_KEY_OWN, OPTIONAL, "yes", NP_NOWHERE, NP_MARK("a label that needs a colon, or the cell of a table")},
    {"whole", NP_KEY_OWN, OPTIONAL, "yes", NP_NOWHERE, NP_MARK("of a place: the match names places and nothing else")},
    {"cased", NP_KEY_OWN, OPTIONAL, "yes", NP_NOWHERE, NP_MARK("capitals and small letters differ")},
    {"list", NP_KEY_OWN, OPTIONAL, "yes", NP_NOWHERE, NP_MARK("everything that is found, not the best")},
    {"fallback", NP_KEY_OWN, OPTIONAL, "yes", NP_NOWHERE,
     NP_MARK("tried only where the patterns before it found nothing sure")},
    {"languages", NP_KEY_OWN, OPTIONAL, "en, fr", NP_NOWHERE, NP_MARK("tried on texts in these languages only")},
    {"most", NP_KEY_OWN, OPTIONAL, "1 to 1000", NP_NOWHERE,
     NP_MARK("of a number: a larger one is something else; 600 unless told")},
    {"country", NP_KEY_OWN, OPTIONAL, "COUNTRY", NP_NOWHERE, NP_MARK("of a place: where its towns are")},
};

/* ---- all of them ---- */

#define SECTION(type, name, keys, meaning)                          \
    {                                                               \
        type, name, meaning, keys, sizeof(keys) / sizeof((keys)[0]) \
    }

const np_section_schema NP_SECTIONS[] = {
    SECTION("organisation", "X", ORGANISATION, NP_MARK("the employer")),
    SECTION("source", "X", SOURCE, NP_MARK("a text that figures and rules are from")),
    SECTION("currency", "X", CURRENCY, NP_MARK("a currency, by its three letters")),
    SECTION("exchange", "CURRENCY", EXCHANGE, NP_MARK("what one euro is in it")),
    SECTION("country", "X", COUNTRY, NP_MARK("a country, by its two letters")),
    SECTION("station", "X", STATION, NP_MARK("a duty station")),
    SECTION("grade", "X", GRADE, NP_MARK("a grade")),
    SECTION("scale", "COUNTRY DATE", SCALE, NP_MARK("basic salaries in a country from a day on")),
    SECTION("parameter", "X", PARAMETER, NP_MARK("a figure that rules use, by date")),
    SECTION("function", "X", FUNCTION, NP_MARK("a function of the book's own, for its formulas")),
    SECTION("input", "X", INPUT, NP_MARK("what is asked about a post or a person")),
    SECTION("rule", "X", RULE, NP_MARK("a line of the payslip, or a fact that rules use")),
    SECTION("check", "X", CHECK, NP_MARK("a contradiction or an advice about inputs")),
    SECTION("exclusion", "X", EXCLUSION, NP_MARK("what pay leaves out and could concern somebody")),
    SECTION("contract", "X", CONTRACT, NP_MARK("a kind of contract")),
    SECTION("milestone", "X", MILESTONE, NP_MARK("a date worth knowing")),
    SECTION("path", "X", PATH, NP_MARK("a way through a twin-graded post")),
    SECTION("condition", "X", CONDITION, NP_MARK("what a post asks for")),
    SECTION("career", "X", CAREER, NP_MARK("how a career goes on; one in a rule book")),
    SECTION("field", "X", FIELD, NP_MARK("what a vacancy notice states")),
    SECTION("pattern", "X", PATTERN, NP_MARK("how the notice reader finds a field")),
    {"post", "X", NP_MARK("a post; its keys are inputs"), NULL, 0},
    {"person", "X", NP_MARK("a person; its keys are inputs"), NULL, 0},
    SECTION("change", "X", CHANGE, NP_MARK("what a scenario changes about members of staff on a day")),
    SECTION("scenario", "X", SCENARIO, NP_MARK("what a plan supposes, and for whom; its file is an overlay besides")),
};

const size_t NP_SECTION_COUNT = sizeof NP_SECTIONS / sizeof NP_SECTIONS[0];

const np_section_schema *np_section_schema_of(const char *type)
{
    for (size_t i = 0; i < NP_SECTION_COUNT; i++)
        if (np_same(NP_SECTIONS[i].type, type)) return &NP_SECTIONS[i];
    return NULL;
}
