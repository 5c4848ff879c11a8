#!/bin/bash
# The lab's stand-in for the Miniconda installer, which is 100 MB and not the lab's to hand out. What it
# leaves is where the real one leaves it, and its conda gets packages from Debian.
set -eu
prefix=$HOME/miniconda3
while getopts "bfp:" flag; do
    case $flag in
    p) prefix=$OPTARG ;;
    b | f) ;;
    *) exit 2 ;;
    esac
done
echo "PREFIX=$prefix"
mkdir -p "$prefix/bin"
cat >"$prefix/bin/conda" <<'CONDA'
#!/bin/bash
# A stand-in for conda: it knows what the lab's lessons ask of it.
set -eu
verb=${1-}
shift || true
case $verb in
--version) echo "conda 0 (the lab's stand-in)" ;;
init)
    echo "# >>> conda initialize >>>" >>"$HOME/.bashrc"
    echo "modified      $HOME/.bashrc"
    ;;
install)
    packages=()
    for word in "$@"; do
        case $word in
        -y | --yes) ;;
        -*) echo "conda: the stand-in does not know $word" >&2 && exit 2 ;;
        *) packages+=("python3-$word") ;;
        esac
    done
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -q
    apt-get install -y -q --no-install-recommends "${packages[@]}"
    ;;
*) echo "conda: the stand-in does not know '$verb'" >&2 && exit 2 ;;
esac
CONDA
chmod +x "$prefix/bin/conda"
echo "installation finished."
