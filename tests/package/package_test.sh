#!/usr/bin/env bash
# package_test.sh BUILD_FOLDER CPACK: makes the Debian package, unpacks it, and runs what is in it
# from a folder that has nothing to do with the sources.
set -euo pipefail
build=$1 cpack=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }
has() { grep -qE -- "$2" <<<"$1" || fail "'$2' is not in: $(head -40 <<<"$1")"; }

"$cpack" --config "$build/CPackConfig.cmake" -B "$work/made" >"$work/log" 2>&1 ||
  fail "cpack: $(tail -20 "$work/log")"
package=$(echo "$work"/made/gilsim_*.deb)
[[ -f $package ]] || fail "no package: $(ls "$work/made")"

fields=$(dpkg-deb --info "$package")
has "$fields" 'Package: gilsim'
has "$fields" 'Depends: .*libyaml-cpp'
[[ $fields != *openmpi* ]] || fail "the package asks for MPI"
listing=$(dpkg-deb --contents "$package")
for path in usr/bin/gilsim usr/lib/gilsim/libgilsim-record.so usr/share/man/man1/gilsim.1 \
  usr/share/bash-completion/completions/gilsim usr/share/gilsim/configs/talk/countdown.yaml \
  usr/share/gilsim/configs/hosts/default.yaml usr/share/doc/gilsim/tutorial.md \
  usr/share/doc/gilsim/copyright; do
  has "$listing" " \./$path"
done
[[ $listing != *_test* ]] || fail "the package has tests in it"

dpkg-deb --extract "$package" "$work/root"
gilsim=$work/root/usr/bin/gilsim
mkdir "$work/elsewhere"
cd "$work/elsewhere"
has "$("$gilsim" list scenarios)" 'share/gilsim/configs/talk/countdown.yaml'
cat >mine.yaml <<'END'
question: Does it find its profiles?
workload: {tasks: 4, task: [{wait: 10ms}]}
strategies: [threads]
workers: [4]
END
has "$("$gilsim" run mine.yaml)" 'share/gilsim/configs/hosts/default.yaml'
has "$("$gilsim" run mine.yaml --host laptop-4)" 'laptop-4.yaml'
if command -v python3 >/dev/null; then
  "$gilsim" record -o app.trace -- python3 -c 'pass' || fail "no recording"
fi

# What a shell completes.
complete_words() {
  bash -c 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _gilsim
           printf "%s\n" "${COMPREPLY[@]}"' \
    bash "$work/root/usr/share/bash-completion/completions/gilsim" "$@"
}
[[ $(complete_words gilsim swe) == sweep ]] || fail "commands: $(complete_words gilsim swe)"
[[ $(complete_words gilsim sweep --ndj) == --ndjson ]] || fail "options"
[[ $(complete_words gilsim schema ref) == reference ]] || fail "choices"
[[ $(complete_words gilsim run mi) == mine.yaml ]] || fail "files"

if command -v man >/dev/null; then
  page=$work/root/usr/share/man/man1/gilsim.1
  complaints=$(MANROFFSEQ='' man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>&1 >/dev/null)
  [[ -z $complaints ]] || fail "man page: $complaints"
  has "$(MANWIDTH=100 man -l "$page" | cat)" 'gilsim sweep'
fi
echo "ok: $(basename "$package"), $(wc -l <<<"$listing") files"
