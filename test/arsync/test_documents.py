# SPDX-License-Identifier: BSL-1.0
"""The help, the manual page and the completions name the same options, and each of them is known."""
import os
import re
import shutil
import subprocess

from support import ArsyncTest, SUCCESS

SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "example", "arsync")


def read(name):
    with open(os.path.join(SOURCE, name), encoding="utf-8") as f:
        return f.read()


class Documents(ArsyncTest):
    def options(self):
        """The long names and the letters that --help lists, and which of them take an argument."""
        text = self.arsync("--help", expect=SUCCESS).out.decode()
        found = {}
        for letter, name, argument in re.findall(r"^  (-\w|  )(?:, |  )?(--[\w-]+)?(\[?=\w+)?", text, re.M):
            for spelling in (letter.strip(), name):
                if spelling:
                    found[spelling] = argument
        self.assertGreater(len(found), 80)
        return found

    def test_manual_page(self):
        options = read("arsync.1").split(".SH OPTIONS")[1].split(".SH ")[0].replace("\\-", "-")
        named = set()
        for line in options.splitlines():
            if re.match(r"\.BI? ?R? ", line) and line.split()[1].strip('"').startswith("-"):
                named.update(re.findall(r"(?<![\w-])(--?[\w-]+)", line))
        headings = set(self.options())
        # What else begins a line is mentioned there in passing, and must exist all the same.
        self.assertEqual(headings - named, set())
        self.assertEqual({name for name in named - headings if not re.fullmatch(r"-[a-zA-Z0]+|--no-\w|--no-", name)}, set())

    def test_manual_page_is_well_formed(self):
        if shutil.which("groff") is None:
            self.skipTest("groff is not installed")
        done = subprocess.run(["groff", "-ww", "-man", "-Tutf8", os.path.join(SOURCE, "arsync.1")], capture_output=True,
                              check=True)
        self.assertEqual(done.stderr, b"")
        self.assertIn(b"arsync - copy files", done.stdout)

    def test_bash_completion(self):
        options = self.options()
        text = read("arsync.bash")
        words = set(text.split('local options="')[1].split('"')[0].split())
        self.assertEqual({word.rstrip("=") for word in words}, {name for name in options if name.startswith("--")})
        for word in words:
            self.assertEqual(word.endswith("="), options[word.rstrip("=")].startswith("="), word)
        letters = set(text.split('"$options -')[1].split('"')[0].replace(" -", " ").split())
        self.assertEqual({"-" + letter for letter in letters}, {name for name in options if not name.startswith("--")})

    def complete(self, *words):
        script = ('source "$1"; shift; compopt() { :; }; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _arsync; '
                  'printf "%s\\n" "${COMPREPLY[@]}"')
        done = subprocess.run(["bash", "-c", script, "bash", os.path.join(SOURCE, "arsync.bash"), "arsync", *words],
                              cwd=self.dir, capture_output=True, check=True)
        self.assertEqual(done.stderr, b"")
        return done.stdout.decode().split()

    def test_what_bash_completes(self):
        self.write("file name", b"")
        self.assertEqual(self.complete("--hard"), ["--hard-links"])
        self.assertEqual(self.complete("--copy-m"), ["--copy-method="])
        self.assertEqual(self.complete("--copy-method", "=", "re"), ["reflink", "read_write"])
        self.assertEqual(self.complete("--fsync", "="), ["files", "everything"])
        self.assertEqual(self.complete("--fsync", "fi"), ["file", "name"])
        self.assertEqual(self.complete("-a", "fi"), ["file", "name"])

    def test_zsh_completion(self):
        named = set()
        for line in read("_arsync").splitlines():
            if re.match(r"  '", line):
                named.update(re.findall(r"(?<![\w-])(--?\w[\w-]*)(?=[=\[,}])", line.split("[")[0] + "["))
        self.assertEqual({name.rstrip("-") for name in named}, set(self.options()))
        if shutil.which("zsh") is not None:
            subprocess.run(["zsh", "-n", os.path.join(SOURCE, "_arsync")], check=True)

    def test_every_option_is_known(self):
        """No listed option is unknown, or refused; what it does is tested elsewhere."""
        for name, argument in self.options().items():
            with self.subTest(option=name):
                value = {"=METHOD": "splice", "=N": "1", "=RATE": "1", "=SIZE": "8K"}.get(argument, "x")
                words = [name, value] if argument.startswith("=") else [name]
                error = self.arsync(*words, "--help").err
                self.assertNotIn(b"unknown", error)
                self.assertNotIn(b"not supported", error)
