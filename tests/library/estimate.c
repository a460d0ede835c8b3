/* estimate BOOK [TRANSLATIONS]: the pay of a post that is given as a file in memory, in English and in French, and what
 * is wrong with another, through the library. */
#include <natopay.h>
#include <stdio.h>
#include <string.h>

static const char POST[] = "[post neuilly]\ngrade = G10\nduty_country = FR\nstart = 2026-03-01\nnationality = FR\n";

static int ask(natopay_session *session, const char *language, const char *const *arguments, size_t count)
{
    natopay_file post = {"post.ini", POST, strlen(POST)};
    natopay_request request = {arguments, count, &post, 1, language};
    const natopay_answer *answer = natopay_ask(session, &request);
    printf("%d %s %zu\n", answer->exit, answer->media_type, strlen(answer->bytes) - answer->size);
    fwrite(answer->bytes, 1, answer->size, stdout);
    puts(answer->diagnostics);
    return answer->exit;
}

int main(int argc, char **argv)
{
    const char *why, *good[] = {"estimate", "post.ini"}, *bad[] = {"estimate", "post.ini", "--set", "grade=G25"};
    natopay_session *session = natopay_open(argc > 1 ? argv[1] : "", argc > 2 ? argv[2] : NULL, &why);
    if (!session) {
        fprintf(stderr, "%s: %s\n", argc > 1 ? argv[1] : "no folder", why);
        return 1;
    }
    printf("natopay %s, %s\n", natopay_version(), NATOPAY_VERSION);
    int failed =
        ask(session, "en", good, 2) != 0 || ask(session, "fr", good, 2) != 0 || ask(session, NULL, bad, 4) != 3;
    natopay_close(session);
    return failed;
}
