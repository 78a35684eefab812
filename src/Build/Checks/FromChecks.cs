using Argosy.Build.Execution;
using Argosy.Build.Expansion;
using Argosy.Build.Syntax;
using Argosy.Build.Syntax.Instructions;
using Argosy.Core;

namespace Argosy.Build.Checks;

/// <summary>What stages stand on: UndefinedArgInFrom, InvalidDefaultArgInFrom, RedundantTargetPlatform, FromPlatformFlagConstDisallowed.</summary>
internal sealed class FromChecks(Dockerfile dockerfile, BuildArguments arguments, BuildArguments defaults, CheckFindings findings)
{
    private readonly HashSet<string> declared =
        [.. dockerfile.GlobalArgs.SelectMany(arg => arg.Declarations).Select(declaration => declaration.Name), .. arguments.Globals];

    public void Look()
    {
        foreach (FromInstruction from in dockerfile.Stages.Select(stage => stage.From))
        {
            LookAtUndefined(from, from.Image);
            LookAtDefault(from);
            if (from.Platform is not { } platform)
                continue;
            LookAtUndefined(from, platform);
            LookAtPlatform(from, platform);
        }
    }

    private void LookAtUndefined(FromInstruction from, string word)
    {
        Expand(word, arguments, out List<string> used);
        foreach (string name in used.Where(name => !declared.Contains(name)))
            findings.Add(CheckRules.UndefinedArgInFrom, from, $"FROM argument '{name}' is not declared{NearestWord.Hint(name, declared, ignoreCase: false)}");
    }

    /// <summary>The base image as a build without any argument would have it.</summary>
    private void LookAtDefault(FromInstruction from)
    {
        string? name = Expand(from.Image, defaults, out List<string> used);
        if (used.Count > 0 && name is not null && !ImageReference.TryParse(name, out _))
            findings.Add(CheckRules.InvalidDefaultArgInFrom, from, $"Default value for ARG {from.Image} results in empty or invalid base image name");
    }

    private void LookAtPlatform(FromInstruction from, string written)
    {
        string? value = Expand(written, arguments, out List<string> used);
        if (used is ["TARGETPLATFORM"] && value == arguments.LookUpGlobal("TARGETPLATFORM"))
            findings.Add(CheckRules.RedundantTargetPlatform, from, $"Setting platform to predefined {written} in FROM is redundant as this is the default behavior");
        if (used.Count > 0 || value is null || !TryParse(value, out Platform? platform))
            return;
        // A stage that is named after its platform knows what it does.
        string name = from.StageName ?? "";
        if (!name.Contains(platform.Os, StringComparison.Ordinal) && !name.Contains(platform.Architecture, StringComparison.Ordinal))
            findings.Add(CheckRules.FromPlatformFlagConstDisallowed, from, $"FROM --platform flag should not use constant value {GoQuote.Text(value)}");
    }

    private string? Expand(string word, BuildArguments scope, out List<string> used)
    {
        var names = new List<string>();
        used = names;
        try
        {
            return WordExpander.Expand(word, name =>
            {
                names.Add(name);
                return scope.LookUpGlobal(name);
            }, dockerfile.Escape);
        }
        catch (ExpansionException)
        {
            return null;
        }
    }

    private static bool TryParse(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Platform? platform)
    {
        try
        {
            platform = Platform.Parse(text);
            return true;
        }
        catch (EngineException)
        {
            platform = null;
            return false;
        }
    }
}
