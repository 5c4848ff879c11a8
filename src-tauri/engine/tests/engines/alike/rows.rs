//! Dockerfiles of every kind.

/// A folder, and the command that builds it.
pub struct Row {
    pub about: &'static str,
    /// As `folders::plant` takes them, in the folder `in`; `../` leads beside it.
    pub files: &'static [&'static str],
    /// The words between `docker build` and the folder.
    pub words: &'static str,
    pub outcome: Outcome,
}

/// How a build of it must end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// With an image, everywhere.
    Image,
    /// With an image on newer engines; on 20.10 as docker ends there.
    AsDocker,
    /// Without an image, everywhere.
    None,
}

const fn row(about: &'static str, files: &'static [&'static str]) -> Row {
    Row {
        about,
        files,
        words: "",
        outcome: Outcome::Image,
    }
}

const fn with(about: &'static str, words: &'static str, files: &'static [&'static str]) -> Row {
    Row {
        about,
        files,
        words,
        outcome: Outcome::Image,
    }
}

const fn new(about: &'static str, files: &'static [&'static str]) -> Row {
    Row {
        about,
        files,
        words: "",
        outcome: Outcome::AsDocker,
    }
}

const fn none(about: &'static str, files: &'static [&'static str]) -> Row {
    Row {
        about,
        files,
        words: "",
        outcome: Outcome::None,
    }
}

/// A file that is made into `pack.tar.gz` in the folder.
pub const PACKED: &str = "packed=1";

/// BASE stands for an image with ONBUILD instructions.
pub const BASE: &str = "FROM busy
ONBUILD COPY . /on
ONBUILD LABEL on=build
ONBUILD ENV ON=1
";

/// Ignore files that are meant for one Dockerfile alone.
pub const OWN_IGNORE: &[Row] = &[
    row(
        "an ignore file of the Dockerfile's own",
        &[
            "Dockerfile=FROM busy\nCOPY . /ctx\n",
            "Dockerfile.dockerignore=*.log\nb\n!b/keep\n",
            // It does not count beside that.
            ".dockerignore=a\n",
            "a=1",
            "x.log=1",
            "b/c=1",
            "b/keep=1",
        ],
    ),
    with(
        "an ignore file of a named Dockerfile's own",
        "-f df/flask.dockerfile",
        &[
            "df/flask.dockerfile=FROM busy\nCOPY . /ctx\n",
            "df/flask.dockerfile.dockerignore=a\ndf/*.dockerfile\n",
            "a=1",
            "b=1",
        ],
    ),
    with(
        "an ignore file beside a Dockerfile from outside",
        "-f ../outside/my.dockerfile",
        &[
            "../outside/my.dockerfile=FROM busy\nCOPY . /ctx\n",
            "../outside/my.dockerfile.dockerignore=b\n",
            "a=1",
            "b/c=2",
        ],
    ),
];

pub const ROWS: &[Row] = &[
    row(
        "several stages",
        &[
            "Dockerfile=FROM ubuntu AS build\nWORKDIR /out/bin\nCOPY a .\nRUN echo made > made && chmod 4750 made && ln -s made link && ln a hard && chown 7:8 a\n\nFROM busy AS second\nCOPY --from=build /out /out\n\nFROM second\nCOPY --from=0 /out/bin/made /again\n",
            "a=1",
        ],
    ),
    new(
        "here documents",
        &[
            "Dockerfile=FROM ubuntu AS build\nRUN <<EOF\nset -e\nmkdir /out\necho \"$0\" > /out/a\nEOF\nCOPY <<-'EOF' /out/b\n\tA tab is taken away, and $HOME is left.\n\tEOF\nFROM busy\nCOPY --from=build /out /out\n",
        ],
    ),
    row(
        "ARG before FROM",
        &[
            "Dockerfile=ARG BASE=busy\nARG TAG=latest\nFROM ${BASE}:$TAG\nARG BASE\nARG TAG=own\nLABEL base=$BASE tag=${TAG} none=${NONE:-empty} set=${BASE:+yes}\n",
        ],
    ),
    row(
        "ONBUILD of the base",
        &["Dockerfile=FROM BASE\nLABEL after=1\n", "a=1", "b/c=2"],
    ),
    row(
        "ONBUILD for others",
        &["Dockerfile=FROM busy\nONBUILD RUN echo 1\nONBUILD ADD . /x\nCMD [\"/busy\"]\n"],
    ),
    row(
        "COPY from another image",
        &["Dockerfile=FROM busy\nCOPY --from=hello-world /hello /h/\n"],
    ),
    row(
        "--chown",
        &[
            "Dockerfile=FROM busy\nCOPY --chown=1000:2000 a dir /x/\nADD --chown=5 a /y\nCOPY a /z\n",
            "a=1",
            "dir/b=2",
            "0600 dir/c=3",
            "dir/l->b",
        ],
    ),
    new(
        "--chmod",
        &[
            "Dockerfile=FROM busy\nCOPY --chmod=600 a /a\nADD --chmod=755 dir /dir\n",
            "a=1",
            "dir/b=2",
        ],
    ),
    new(
        "--link",
        &[
            "Dockerfile=FROM busy\nCOPY --link a /a\nCOPY --link --chown=3:4 dir /dir/deep/\n",
            "a=1",
            "dir/b=2",
        ],
    ),
    row(
        "wildcards",
        &[
            "Dockerfile=FROM busy\nCOPY *.txt d?/ /w/\nCOPY [a-c]* /v/\nADD x*/y* /u/\n",
            "1.txt=1",
            "2.txt=2",
            "d1/a=1",
            "d2/b=2",
            "dd3/c=3",
            "a=1",
            "c=1",
            "e=1",
            "x1/y1=1",
            "x2/y2/z=1",
            "sub/3.txt=1",
        ],
    ),
    row(
        "links",
        &[
            "Dockerfile=FROM busy\nCOPY . /all/\nCOPY to-file /file\nCOPY to-dir /dir/\nCOPY dir/ /d/\n",
            "a=1",
            "dir/b=2",
            "to-file->a",
            "to-dir->dir",
            "dir/dangling->nowhere",
            "dir/up->../a",
            "dir/loop->loop",
            "h=>a",
        ],
    ),
    row(
        "an ignore file with exceptions",
        &[
            "Dockerfile=FROM busy\nCOPY . /ctx\nADD . /add/\n",
            ".dockerignore=# all but some\n**/*.log\n*.md\n!README.md\nnode_modules\nsrc/**/gen\n!src/a/gen/keep\nDockerfile\n",
            "a.log=1",
            "d/a.log=1",
            "README.md=1",
            "x.md=1",
            "node_modules/a/b=1",
            "src/a/gen/x=1",
            "src/a/gen/keep=1",
            "src/a/x=1",
        ],
    ),
    row(
        "exceptions with wildcards, which the classic command does not look for in folders",
        &[
            "Dockerfile=FROM busy\nCOPY . /ctx\n",
            ".dockerignore=*\n!**/README.md\n!*/two\n!sub\nsub/*\n!sub/x\n",
            "README.md=1",
            "docs/README.md=1",
            "docs/a/README.md=1",
            "docs/two=1",
            "sub/x=1",
            "sub/y=1",
        ],
    ),
    row(
        "ADD of an archive",
        &[
            "Dockerfile=FROM busy\nADD pack.tar.gz /unpacked/\nADD pack.tar.gz a /both/\nCOPY pack.tar.gz /copied/\n",
            PACKED,
            "a=1",
        ],
    ),
    row(
        "relative folders to work in",
        &[
            "Dockerfile=FROM busy\nWORKDIR a\nWORKDIR b/../c\nCOPY x .\nENV P=/p\nWORKDIR $P/q\nCOPY x y/\n",
            "x=1",
        ],
    ),
    row(
        "another shell",
        &[
            "Dockerfile=FROM ubuntu AS build\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\nRUN echo ${BASH_VERSION:+bash} > /a; [[ -o pipefail ]]\nFROM busy\nSHELL [\"/busy\", \"-x\"]\nCOPY --from=build /a /a\nCMD a b  \"c d\"\n",
        ],
    ),
    row(
        "programs in exec form",
        &[
            "Dockerfile=FROM busy\nENTRYPOINT [\"/busy\", \"a b\"]\nCMD [ \"8080\" , \"\\\"q\\\"\" ]\n",
        ],
    ),
    row(
        "programs in shell form",
        &["Dockerfile=FROM busy\nCMD [\"/old\"]\nENTRYPOINT exec /busy $PORT\n"],
    ),
    row(
        "programs taken away",
        &["Dockerfile=FROM busy\nENTRYPOINT []\nCMD []\n"],
    ),
    row(
        "a look after its health",
        &[
            "Dockerfile=FROM busy\nHEALTHCHECK --interval=5s --timeout=3s --start-period=1m --retries=2 CMD [\"/busy\", \"-h\"]\nUSER 1000:1000\nVOLUME /data /more\nVOLUME [\"/json\", \"/with blank\"]\nEXPOSE 80 81/udp 90-92\nSTOPSIGNAL SIGQUIT\n",
        ],
    ),
    row(
        "no look after its health",
        &[
            "Dockerfile=FROM busy\nHEALTHCHECK CMD /busy -h || exit 1\nHEALTHCHECK NONE\nUSER daemon\nSTOPSIGNAL 9\n",
        ],
    ),
    row(
        "labels with quotes",
        &[
            "Dockerfile=FROM busy\nMAINTAINER Some One <some@one.example>\nLABEL \"a b\"=\"c d\" e='f $X' g=h\\ i \\\n  # a comment within\n  j=\"k\\\nl\" \"m\"=n\nLABEL old way of it\nLABEL empty=\"\" uni=ünï\n",
        ],
    ),
    row(
        "variables",
        &[
            "Dockerfile=FROM busy\nENV a b  c\nENV d=1 e=\"x y\" f='$d' g=\"$d\" h=\\$d i=a\\ b\nENV j=$d$e k=${none:-def} PATH=/x:$PATH\nLABEL l=\"$e\" m='$e' n=$j\nCOPY $d$d /${d}/\n",
            "11=1",
        ],
    ),
    row(
        "another escape",
        &[
            "Dockerfile=# escape=`\nFROM busy\nLABEL a=b `\n  c=d\nCOPY a C:\\x\\\n",
            "a=1",
        ],
    ),
    with(
        "one of several stages",
        "--target two",
        &[
            "Dockerfile=FROM busy AS one\nCOPY a /one\nFROM one AS two\nCOPY a /two\nFROM two AS three\nRUN /no/such/program\n",
            "a=1",
        ],
    ),
    with(
        "build arguments and labels",
        "--build-arg A=1 --build-arg B='x y' --build-arg HTTP_PROXY=http://127.0.0.1:9 --label from=outside --label 'q=a \"b\"' --label own=outside",
        &[
            "Dockerfile=FROM busy\nARG A\nARG B=def\nARG C=def\nARG D\nLABEL a=$A b=$B c=$C d=$D own=inside\nENV A=$A\n",
        ],
    ),
    new(
        "arguments about the platform",
        &[
            "Dockerfile=FROM --platform=$BUILDPLATFORM busy AS build\nFROM busy\nARG TARGETPLATFORM\nARG TARGETARCH\nARG BUILDOS\nLABEL p=$TARGETPLATFORM a=$TARGETARCH o=$BUILDOS\n",
        ],
    ),
    with(
        "a Dockerfile from outside",
        "-f ../outside/my.dockerfile",
        &[
            "../outside/my.dockerfile=FROM busy\nCOPY a b /x/\n",
            "a=1",
            "b/c=2",
            ".dockerignore=b/d\n",
            "b/d=3",
        ],
    ),
    with(
        "a Dockerfile of another name",
        "-f df/flask.dockerfile",
        &[
            "df/flask.dockerfile=FROM busy\nCOPY . /x\n",
            "a=1",
            "Dockerfile=FROM none\n",
        ],
    ),
    row(
        "Windows' line ends",
        &[
            "Dockerfile=\u{feff}FROM busy\r\nLABEL a=b \\\r\n  c=d\r\nCOPY a /a\r\n",
            "a=1",
        ],
    ),
    row(
        "files as they are",
        &[
            "Dockerfile=FROM busy\nCOPY . /ctx\n",
            "0000 none=1",
            "4755 suid=1",
            "1777 sticky/",
            "a b/ü=1",
            "empty/",
            "pipe|",
            "h=1",
            "i=>h",
        ],
    ),
    none(
        "a step that fails",
        &["Dockerfile=FROM ubuntu\nRUN exit 3\n"],
    ),
    none(
        "no such instruction",
        &["Dockerfile=FROM busy\nCOPI a /a\n", "a=1"],
    ),
    none("no such file", &["Dockerfile=FROM busy\nCOPY nothing /a\n"]),
    none(
        "an ignored file",
        &[
            "Dockerfile=FROM busy\nCOPY a /a\n",
            "a=1",
            ".dockerignore=a\n",
        ],
    ),
    none(
        "no such image",
        &["Dockerfile=FROM no-such-image-anywhere\n"],
    ),
];
