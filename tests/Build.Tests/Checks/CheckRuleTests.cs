using Argosy.Build.Checks;
using Argosy.Build.Tests.Fakes;

namespace Argosy.Build.Tests.Checks;

/// <summary>Each rule: a Dockerfile that has it, what is said and where, and one that has it not.</summary>
public class CheckRuleTests
{
    /// <summary>Rule, line, text, the Dockerfile with it, the one without.</summary>
    public static TheoryData<string, int, string, string, string> Rules => new()
    {
        { "StageNameCasing", 1, "Stage name 'Tools' should be lowercase", "FROM base AS Tools", "FROM base AS tools" },
        { "FromAsCasing", 1, "'as' and 'FROM' keywords' casing do not match", "FROM base as tools", "from base as tools" },
        { "FromAsCasing", 1, "'AS' and 'from' keywords' casing do not match", "from base AS tools", "FROM base AS tools" },
        { "NoEmptyContinuation", 4, "Empty continuation line", "FROM base\nRUN a && \\\n\n  b", "FROM base\nRUN a && \\\n  b" },
        { "ConsistentInstructionCasing", 2, "Command 'run' should match the case of the command majority (uppercase)", "FROM base\nrun a\nRUN b", "FROM base\nRUN a" },
        { "ConsistentInstructionCasing", 3, "Command 'RUN' should match the case of the command majority (lowercase)", "from base\nrun a\nRUN b", "from base\nrun a" },
        { "ConsistentInstructionCasing", 2, "Command 'Run' should match the case of the command majority (uppercase)", "FROM base\nRun a", "FROM base\nRUN a" },
        { "DuplicateStageName", 2, "Duplicate stage name \"a\", stage names should be unique", "FROM base AS a\nFROM base AS a", "FROM base AS a\nFROM base AS b" },
        { "ReservedStageName", 1, "Stage name should not use the same name as reserved stage \"context\"", "FROM base AS context", "FROM base AS contexts" },
        { "JSONArgsRecommended", 2, "JSON arguments recommended for CMD to prevent unintended behavior related to OS signals", "FROM base\nCMD run me", "FROM base\nCMD [\"run\", \"me\"]" },
        { "JSONArgsRecommended", 2, "JSON arguments recommended for ENTRYPOINT to prevent unintended behavior related to OS signals", "FROM base\nENTRYPOINT run", "FROM base\nSHELL [\"/bin/bash\", \"-c\"]\nENTRYPOINT run" },
        { "MaintainerDeprecated", 2, "Maintainer instruction is deprecated in favor of using label", "FROM base\nMAINTAINER me", "FROM base\nLABEL maintainer=me" },
        { "UndefinedArgInFrom", 2, "FROM argument 'VERSOIN' is not declared (did you mean VERSION?)", "ARG VERSION=1\nFROM base:${VERSOIN:-1}", "ARG VERSION=1\nFROM base:$VERSION" },
        { "UndefinedArgInFrom", 1, "FROM argument 'NOWHERE' is not declared", "FROM --platform=${NOWHERE:-$BUILDPLATFORM} base", "FROM --platform=$BUILDPLATFORM base" },
        { "WorkdirRelativePath", 2, "Relative workdir \"app/src\" can have unexpected results if the base image changes", "FROM base\nWORKDIR app/src\nWORKDIR deeper", "FROM base\nWORKDIR /app\nWORKDIR src" },
        { "UndefinedVar", 3, "Usage of undefined variable '$COLOR' (did you mean $COLOUR?)", "FROM base\nARG COLOUR=red\nENV X=$COLOR", "FROM base\nARG COLOUR\nENV X=$COLOUR" },
        { "UndefinedVar", 2, "Usage of undefined variable '$DIR'", "FROM base\nCOPY --chown=1 $DIR/a /b", "FROM base\nARG DIR=x\nCOPY --chown=1 $DIR/a /b" },
        { "UndefinedVar", 2, "Usage of undefined variable '$WHO'", "FROM base\nCOPY <<EOF /x\nhello $WHO\nEOF", "FROM base\nCOPY <<\"EOF\" /x\nhello $WHO\nEOF" },
        { "UndefinedVar", 2, "Usage of undefined variable '$BOUNDS'", "FROM base\nARG A=$BOUNDS", "ARG BOUNDS=1\nFROM base\nARG BOUNDS\nARG A=$BOUNDS" },
        { "MultipleInstructionsDisallowed", 2, "Multiple CMD instructions should not be used in the same stage because only the last one will be used", "FROM base\nCMD [\"a\"]\nCMD [\"b\"]", "FROM base AS x\nCMD [\"a\"]\nFROM x\nCMD [\"b\"]" },
        { "MultipleInstructionsDisallowed", 2, "Multiple HEALTHCHECK instructions should not be used in the same stage because only the last one will be used", "FROM base\nHEALTHCHECK CMD a\nHEALTHCHECK NONE", "FROM base\nHEALTHCHECK NONE" },
        { "MultipleInstructionsDisallowed", 2, "Multiple ENTRYPOINT instructions should not be used in the same stage because only the last one will be used", "FROM base\nENTRYPOINT [\"a\"]\nENTRYPOINT [\"b\"]", "FROM base\nENTRYPOINT [\"a\"]\nCMD [\"b\"]" },
        { "LegacyKeyValueFormat", 2, "\"ENV key=value\" should be used instead of legacy \"ENV key value\" format", "FROM base\nENV a b", "FROM base\nENV a=b" },
        { "LegacyKeyValueFormat", 2, "\"LABEL key=value\" should be used instead of legacy \"LABEL key value\" format", "FROM base\nLABEL a b", "FROM base\nLABEL a=b" },
        { "RedundantTargetPlatform", 1, "Setting platform to predefined $TARGETPLATFORM in FROM is redundant as this is the default behavior", "FROM --platform=$TARGETPLATFORM base", "FROM --platform=$BUILDPLATFORM base" },
        { "SecretsUsedInArgOrEnv", 2, "Do not use ARG or ENV instructions for sensitive data (ARG \"NPM_TOKEN\")", "FROM base\nARG NPM_TOKEN", "FROM base\nARG TOKENIZER" },
        { "SecretsUsedInArgOrEnv", 2, "Do not use ARG or ENV instructions for sensitive data (ENV \"db_password\")", "FROM base\nENV db_password=x", "FROM base\nENV db_password_file=/run/secrets/x" },
        { "SecretsUsedInArgOrEnv", 1, "Do not use ARG or ENV instructions for sensitive data (ARG \"AUTH\")", "ARG AUTH\nFROM base", "ARG PUBLIC_KEY\nFROM base" },
        { "InvalidDefaultArgInFrom", 2, "Default value for ARG $NAME results in empty or invalid base image name", "ARG NAME\nFROM $NAME", "ARG NAME=base\nFROM $NAME" },
        { "InvalidDefaultArgInFrom", 2, "Default value for ARG base:${TAG} results in empty or invalid base image name", "ARG TAG\nFROM base:${TAG}", "ARG TAG\nFROM base:${TAG:-1}" },
        { "FromPlatformFlagConstDisallowed", 1, "FROM --platform flag should not use constant value \"linux/amd64\"", "FROM --platform=linux/amd64 base", "FROM --platform=linux/amd64 base AS build_amd64" },
        { "CopyIgnoredFile", 2, "Attempting to Copy file \"secret.txt\" that is excluded by .dockerignore", "FROM base\nCOPY ./secret.txt /x", "FROM base\nCOPY open.txt /x" },
        { "CopyIgnoredFile", 2, "Attempting to Add file \"build/out\" that is excluded by .dockerignore", "FROM base\nADD open.txt build/out /x/", "FROM base AS a\nFROM base\nCOPY --from=a build/out /x/" },
        { "ExposeProtoCasing", 2, "Defined protocol '80/TCP' in EXPOSE instruction should be lowercase", "FROM base\nEXPOSE 80/TCP", "FROM base\nEXPOSE 80/tcp" },
        { "ExposeInvalidFormat", 2, "EXPOSE instruction should not define an IP address or host-port mapping, found '127.0.0.1:80:80'", "FROM base\nEXPOSE 127.0.0.1:80:80", "FROM base\nEXPOSE 80" },
        { "ExposeInvalidFormat", 2, "EXPOSE instruction should not define an IP address or host-port mapping, found '80:81'", "FROM base\nEXPOSE 80:81", "FROM base\nEXPOSE 80 81" },
        { "InvalidDefinitionDescription", 2, "Comment for ARG should follow the format: `# VERSION <description>`", "# what is built\nARG VERSION=1\nFROM base", "# VERSION what is built\nARG VERSION=1\nFROM base" },
        { "InvalidDefinitionDescription", 3, "Comment for FROM should follow the format: `# tools <description>`", "# about the file\n# the tools\nFROM base AS tools", "# the tools\n\nFROM base AS tools" },
        { "InvalidDefinitionDescription", 2, "Comment for ARG should follow the format: `# <arg_key> <description>`", "# both\nARG A=1 B=2\nFROM base", "# B both\nARG A=1 B=2\nFROM base" },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task A_Dockerfile_that_breaks_a_rule_is_told_so(string rule, int line, string text, string bad, string good)
    {
        await using BuildFixture fixture = New();
        CheckWarning warning = Assert.Single(Check(fixture, bad), found => found.Rule.Name == rule);
        Assert.Equal((line, text), (warning.Line, warning.Text));
        Assert.DoesNotContain(Check(fixture, good), found => found.Rule.Name == rule);
    }

    [Fact]
    public async Task A_rule_that_is_skipped_is_not_looked_at()
    {
        await using BuildFixture fixture = New();
        foreach (object[] row in Rules)
        {
            (string rule, string bad) = ((string)row[0], (string)row[3]);
            if (rule == "InvalidDefinitionDescription")
                continue;
            Assert.DoesNotContain(Check(fixture, $"# check=skip={rule}\n{bad}", options: null), found => found.Rule.Name == rule);
            Assert.Empty(Check(fixture, $"# check=skip=all\n{bad}", options: null));
        }
    }

    private static BuildFixture New() => new BuildFixture().With(".dockerignore", "secret.txt\nbuild\n").With("open.txt", "x");

    private static IReadOnlyList<CheckWarning> Check(BuildFixture fixture, string dockerfile, string? options = "experimental=all") => fixture.Check(
        dockerfile, request =>
        {
            var arguments = new Dictionary<string, string?> { ["NAME"] = "base", ["TAG"] = "1" };
            if (options is not null)
                arguments["BUILDKIT_DOCKERFILE_CHECK"] = options;
            return request with { Arguments = arguments };
        }).Warnings;
}
