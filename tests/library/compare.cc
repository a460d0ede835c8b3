// compare BOOK: two posts side by side, from C++, with the rule book read by the program itself and handed over in memory.
#include <natopay.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

int main(int argc, char **argv)
{
    std::vector<std::pair<std::string, std::string>> texts;
    for (const auto &entry : std::filesystem::directory_iterator(argc > 1 ? argv[1] : ".")) {
        std::ifstream file(entry.path(), std::ios::binary);
        texts.emplace_back("nato/" + entry.path().filename().string(), std::string(std::istreambuf_iterator<char>(file), {}));
    }
    std::vector<natopay_file> files;
    for (const auto &[name, text] : texts) files.push_back({name.c_str(), text.data(), text.size()});

    std::unique_ptr<natopay_session, void (*)(natopay_session *)> session(natopay_open_files(files.data(), files.size()), natopay_close);
    const std::vector<const char *> arguments = {"compare", "--post", "grade=G10,duty_country=FR", "--post",
                                                 "grade=G12,duty_country=BE", "--set", "nationality=DE", "--set",
                                                 "start=2026-03-01", "--format", "csv"};
    natopay_request request{};
    request.arguments = arguments.data();
    request.argument_count = arguments.size();
    const natopay_answer *answer = natopay_ask(session.get(), &request);
    std::cout << std::string(answer->bytes, answer->size);
    std::cerr << answer->diagnostics << '\n';
    return answer->exit;
}
