#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Static checks: clang-format and clang-tidy over the given files, or over all of app/ and ui/.
#   packaging/lib/tidy.sh [FILE.cpp …]
set -euo pipefail

# shellcheck source=packaging/lib/common.sh
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/common.sh"

"$root/packaging/lib/install-packages.sh" check
# A folder of its own: clang cannot read the precompiled headers that gcc makes.
build=$root/build/tidy
cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON \
      -DCMAKE_AUTOGEN_ORIGIN_DEPENDS=OFF >/dev/null
# What moc makes of a .cpp file is included by it.
cmake --build "$build" --target indelible_ui_autogen >/dev/null
if [ $# -gt 0 ]; then
  files=("$@")
else
  mapfile -t files < <(find "$root/app" "$root/ui" -name '*.cpp' | sort)
fi
result=0
clang-format --dry-run --Werror "${files[@]}" || result=1
printf '%s\0' "${files[@]}" | xargs -0 -n 4 -P "$(nproc)" clang-tidy -p "$build" --quiet || result=1
exit $result
