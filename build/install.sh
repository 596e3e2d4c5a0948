#!/bin/sh
# Put the program into the user's own folder, with a menu entry and the command `ntmgraph`; no root needed.
# `sh install.sh` installs or upgrades, `sh install.sh --remove` takes it away. The data stays in either case.
set -eu
data=${XDG_DATA_HOME:-$HOME/.local/share}
target=$data/ntmgraph-program bin=$HOME/.local/bin entry=$data/applications/ntmgraph.desktop

if [ "${1:-}" = --remove ]; then
    rm -rf "$target"
    rm -f "$entry" "$bin/ntmgraph"
    echo "Đã gỡ chương trình; dữ liệu còn nguyên."
    exit 0
fi

from=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$data/applications" "$bin"
rm -rf "$target.new"
cp -a "$from" "$target.new"
chmod -R u+w "$target.new"
rm -rf "$target"
mv "$target.new" "$target"
ln -sf "$target/ntmgraph" "$bin/ntmgraph"
cat > "$entry" <<EOF
[Desktop Entry]
Type=Application
Name=Trách nhiệm NTM
GenericName=Sổ tay trách nhiệm nông thôn mới
Exec="$target/ntmgraph"
Icon=$target/ntmgraph.png
Categories=Office;
Terminal=false
EOF
echo "Đã cài vào $target; mở từ danh mục ứng dụng “Trách nhiệm NTM” hoặc bằng lệnh ntmgraph."
