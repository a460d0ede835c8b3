/* The tables of commands and options, and what help says of each command. */
#include <string.h>

#include "natopay/ask/run.h"

/* What every command that shows something writes. */
#define ALL_FORMATS                                                                                                    \
    (1U << NP_FORMAT_TEXT | 1U << NP_FORMAT_JSON | 1U << NP_FORMAT_CSV | 1U << NP_FORMAT_HTML | 1U << NP_FORMAT_XLSX | \
     1U << NP_FORMAT_MARKDOWN)

/* The page has no help, and is built without these texts. */
#ifdef NATOPAY_WITHOUT_HELP
#define NP_HELP(english) NULL
#else
#define NP_HELP(english) english
#endif

const np_command NP_COMMANDS[] = {
    {"estimate", NP_CMD_ESTIMATE, "[POST.ini] [PERSON.ini]", NP_HELP("one month, line by line, net"),
     NP_HELP("A post and a person are INI files with a [post NAME] or [person NAME] section whose keys are inputs\n"
             "(natopay show input). Every input can be given by --set instead, which counts more than a file.\n\n"
             "  natopay estimate data/posts/senior-technician-neuilly.ini data/persons/german-family.ini\n"
             "  natopay estimate --set grade=G10 --set duty_country=FR --set start=2026-03-01\n"),
     np_cmd_estimate, ALL_FORMATS},
    {"explain", NP_CMD_EXPLAIN, "[LINE ...] [POST.ini] [PERSON.ini]", NP_HELP("why this amount, or why not"),
     NP_HELP(
         "LINE is the name of a rule (natopay show rule); without one, every line that is due. For a line that is\n"
         "not due it says which condition failed and the smallest change that would turn it on.\n\n"
         "  natopay explain expatriation_allowance data/posts/senior-technician-neuilly.ini --set nationality=FR\n"),
     np_cmd_explain, ALL_FORMATS},
    {"timeline", NP_CMD_TIMELINE, "[POST.ini] [PERSON.ini]",
     NP_HELP("the contract's dates, and what is paid in each stretch"),
     NP_HELP(
         "Milestones, a drawing, every path through a twin-graded post side by side, and what the post asks for.\n"
         "--format ics writes a calendar.\n\n"
         "  natopay timeline data/posts/senior-technician-neuilly.ini data/persons/german-family.ini --months 36\n"),
     np_cmd_timeline, ALL_FORMATS | 1U << NP_FORMAT_ICS},
    {"project", NP_CMD_PROJECT, "[POST.ini] [PERSON.ini]", NP_HELP("exact sums over the months to come"),
     NP_HELP("--by month, year (calendar, the default), contract_year or stretch. A month belongs to the year that "
             "holds its\n"
             "first day in service.\n\n"
             "  natopay project data/posts/senior-technician-neuilly.ini data/persons/german-family.ini --months 36\n"),
     np_cmd_project, ALL_FORMATS},
    {"plan", NP_CMD_PLAN, "STAFF.csv", NP_HELP("what a change of rules would cost for all staff, and for whom"),
     NP_HELP("STAFF.csv has a row for each member of staff, with inputs as columns (natopay show input) and a column "
             "id; - is\n"
             "standard input. --format text, html and xlsx write totals; csv and json write one record for each row, "
             "in the\n"
             "same order, rejected rows with their reason; sqlite writes both. Amounts are by calendar year from "
             "--date on\n"
             "(January of the year of the newest scale). gross: salary and allowances; net: what is received, with "
             "what comes\n"
             "once; employer: all that the employer pays.\n\n"
             "  natopay plan staff.csv --scenario data/scenarios/scale-rise-2027.ini --by duty_country,grade\n"
             "  natopay plan staff.csv --format csv --output result.csv --reject rejected.csv --part result.part\n"
             "  natopay plan --merge part1 part2\n"),
     np_cmd_plan, ALL_FORMATS | 1U << NP_FORMAT_SQLITE},
    {"sample-staff", NP_CMD_SAMPLE_STAFF, "N", NP_HELP("a synthetic staff list for trying natopay plan"),
     NP_HELP("N rows, made up from the rule book and --seed; nobody real is in it. Keys begin with \"synthetic-\".\n\n"
             "  natopay sample-staff 1000 --output staff.csv\n"),
     np_cmd_sample_staff, ~0U},
    {"notice", NP_CMD_NOTICE, "NOTICE.txt ...", NP_HELP("vacancy text to post, with where each field was found"),
     NP_HELP("The text of vacancy notices, one a file, or - for standard input: a table of what it states, with the "
             "line and "
             "how\n"
             "sure that is; --format ini writes a post file. Every command takes a notice where it takes a post.\n\n"
             "  natopay notice notice.txt --format ini --output post.ini\n"
             "  natopay estimate notice.txt --set nationality=DE\n"),
     np_cmd_notice, ALL_FORMATS | 1U << NP_FORMAT_INI},
    {"compare", NP_CMD_COMPARE, "POST POST ... [PERSON.ini]", NP_HELP("posts side by side, and where they break even"),
     NP_HELP(
         "2 to 12 posts: post files, notices (.txt), or --post groups of inputs, which may begin with a file. The job\n"
         "that you have goes beside them by its net of a month: --post net=4200,currency=EUR,label=Today. One\n"
         "person for all. --set holds for every post, what stands in --post for that one. --set exchange.USD=1.0850\n"
         "gives a rate. A post of another organisation names its rule book: data=eu in --post, data = eu in its "
         "file.\n\n"
         "  natopay compare data/posts/senior-technician-neuilly.ini data/persons/german-family.ini \\\n"
         "      --post data/posts/operator-technical-security-brussels.ini,grade=G8,twin_grade=G10,start=2026-03-01\n"
         "  natopay compare A.ini B.ini --break-even spouse_monthly_income --format html --output posts.html\n"),
     np_cmd_compare, ALL_FORMATS},
    {"page", NP_CMD_PAGE, "[POST.ini|NOTICE.txt]", NP_HELP("the calculator as one HTML file that works offline"),
     NP_HELP("Writes the page that asks, answers, explains and compares in a browser, filled in for a post and --set, "
             "with\n"
             "overlays of --with in it. Nothing that is typed into it leaves the computer.\n\n"
             "  natopay page notice.txt --output post.html\n"),
     np_cmd_page, ~0U},
    {"check", NP_CMD_CHECK, "[FILES]",
     NP_HELP("lint the rule book, posts, persons, overlays and scenarios; how a staff list is read"),
     NP_HELP("Without files the rule book itself; with files each of them against it. Exit 1 when errors were found.\n"
             "Of a staff list (.csv, .tsv, .xlsx) a table says how each column is read, and what in it cannot be; "
             "--output\n"
             "MAP.ini writes that as a mapping to edit, which plan takes with --list. Scenarios beside the list are "
             "checked with\n"
             "it, as plan takes them.\n\n"
             "  natopay check data/posts/senior-technician-neuilly.ini\n"
             "  natopay check staff.csv --output map.ini\n"
             "  natopay check raise.ini staff.csv\n"),
     np_cmd_check, ALL_FORMATS},
    {"show", NP_CMD_SHOW, "KIND [NAME ...]", NP_HELP("look things up in the rule book"),
     NP_HELP(
         "KIND is scale, grade, parameter, source, country, currency, station, rule, function, input or section.\n\n"
         "  natopay show scale BE --date 2026-01-01\n  natopay show parameter expatriation_rate\n"),
     np_cmd_show, ALL_FORMATS},
};
const size_t NP_COMMAND_TOTAL = sizeof NP_COMMANDS / sizeof NP_COMMANDS[0];

static const np_option_info OPTIONS[] = {
#define NP_OPTION_ROW(id, name, value, commands, help) {name, value, commands, help},
    NP_OPTIONS(NP_OPTION_ROW)
#undef NP_OPTION_ROW
};

const np_option_info *np_option_describe(np_option option)
{
    return &OPTIONS[option];
}

void np_put_option_help(np_text *out, np_option option, unsigned commands, const np_lang *lang)
{
    unsigned formats = 0;
    np_text_puts(out, np_say(lang, OPTIONS[option].help));
    if (option != NP_OPT_FORMAT) return;
    for (size_t i = 0; i < NP_COMMAND_TOTAL; i++)
        if (NP_COMMANDS[i].bit & commands & OPTIONS[option].commands) formats |= NP_COMMANDS[i].formats;
    for (int f = 0, named = 0; f < NP_FORMAT_COUNT; f++)
        if (formats >> f & 1) np_text_printf(out, "%s %s", named++ ? "," : "", np_format_name((np_format)f));
}

const np_command *np_command_named(const char *name)
{
    for (size_t i = 0; i < NP_COMMAND_TOTAL; i++)
        if (strcmp(NP_COMMANDS[i].name, name) == 0) return &NP_COMMANDS[i];
    return NULL;
}
