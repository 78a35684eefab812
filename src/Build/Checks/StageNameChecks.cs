using Argosy.Build.Execution;
using Argosy.Build.Syntax;
using Argosy.Build.Syntax.Instructions;

namespace Argosy.Build.Checks;

/// <summary>What stages are called: StageNameCasing, FromAsCasing, ReservedStageName, DuplicateStageName.</summary>
internal static class StageNameChecks
{
    private static readonly string[] Reserved = ["context", "scratch"];

    public static void Look(Dockerfile dockerfile, CheckFindings findings)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (FromInstruction from in dockerfile.Stages.Select(stage => stage.From).Where(from => from.StageName is not null))
        {
            LookAtCasing(from, findings);
            if (Reserved.Contains(from.StageName))
                findings.Add(CheckRules.ReservedStageName, from, $"Stage name should not use the same name as reserved stage {GoQuote.Text(from.StageName!)}");
            if (!seen.Add(from.StageName!))
                findings.Add(CheckRules.DuplicateStageName, from, $"Duplicate stage name {GoQuote.Text(from.StageName!)}, stage names should be unique");
        }
    }

    /// <summary>The line ends with <c>AS name</c>.</summary>
    private static void LookAtCasing(FromInstruction from, CheckFindings findings)
    {
        string[] words = from.Source.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        (string word, string keyword, string name) = (words[0], words[^2], words[^1]);
        if (name != from.StageName)
            findings.Add(CheckRules.StageNameCasing, from, $"Stage name '{name}' should be lowercase");
        // A FROM that mixes both is ConsistentInstructionCasing's.
        if ((Casing.IsLower(word) && !Casing.IsLower(keyword)) || (Casing.IsUpper(word) && !Casing.IsUpper(keyword)))
            findings.Add(CheckRules.FromAsCasing, from, $"'{keyword}' and '{word}' keywords' casing do not match");
    }
}
